// The check-out's form: sent once however often its button is pressed. (What is sent twice all the same is one order: the order's
// id stands in the form.) And its summary, which stands open beside the form where there is room.

function runCheckOut(): void {
  const form = document.querySelector<HTMLFormElement>(".check-out-form");
  const button = form?.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!form || !button) return;
  const label = button.textContent;
  let sending = false;

  const setSending = (now: boolean) => {
    sending = now;
    button.disabled = now;
    button.textContent = now ? (form.dataset["busy"] ?? label) : label;
    button.classList.toggle("button-busy", now);
  };
  form.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    else setSending(true);
  });
  // Back from where the form led, out of the browser's own memory: the button works again, and the page asks what became of it.
  window.addEventListener("pageshow", (event) => {
    setSending(false);
    if (event.persisted) window.location.reload();
  });

  const summary = document.querySelector<HTMLDetailsElement>(".check-out-summary");
  const wide = window.matchMedia("(min-width: 56rem)");
  const unfold = () => {
    if (summary && wide.matches) summary.open = true;
  };
  wide.addEventListener("change", unfold);
  unfold();
}

runCheckOut();
