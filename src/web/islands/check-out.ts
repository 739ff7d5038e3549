// The check-out's form: sent once however often its button is pressed. (What is sent twice all the same is one order: the order's
// id stands in the form.) And its summary, which stands open beside the form where there is room.

import { likelyAddress } from "../email-typos.ts";

/** Asks whether another address was meant; the answer is a button that writes it. */
function askForTypos(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=email]");
  const line = form.querySelector<HTMLElement>("[data-meant]");
  const button = line?.querySelector("button");
  if (!field || !line || !button) return;
  const ask = () => {
    const meant = likelyAddress(field.value);
    button.textContent = (line.dataset["meant"] ?? "").replace("%", meant ?? "");
    line.hidden = meant === undefined;
  };
  // The question moves what is below it: not between pressing something there and letting go of it, or the press would miss.
  let pressing = false;
  document.addEventListener("mousedown", () => (pressing = true), true);
  document.addEventListener("mouseup", () => {
    pressing = false;
    setTimeout(ask);
  });
  field.addEventListener("change", () => pressing || ask());
  button.addEventListener("click", () => {
    field.value = likelyAddress(field.value) ?? field.value;
    ask();
    field.focus();
  });
  ask();
}

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

  askForTypos(form);
  // Loading the page of a refused form again would ask to send it again: with this address it is the check-out afresh.
  const own = form.action.replace(/\/order$/, "");
  if (window.location.href !== own) window.history.replaceState(window.history.state, "", own);
  const summary = document.querySelector<HTMLDetailsElement>(".check-out-summary");
  const wide = window.matchMedia("(min-width: 56rem)");
  const unfold = () => {
    if (summary && wide.matches) summary.open = true;
  };
  wide.addEventListener("change", unfold);
  unfold();
}

runCheckOut();
