// Makes a combobox of a search field, after the pattern of the ARIA Authoring Practices: the list is offered, never forced;
// Enter without a choice sends the form as it stands.

interface Suggestion {
  kind: "show" | "person" | "venue" | "place";
  text: string;
  detail?: string;
  id?: string;
}

const pauseMs = 120;

function suggest(holder: HTMLElement): void {
  const input = holder.querySelector("input");
  const list = holder.querySelector<HTMLElement>("[role=listbox]");
  const status = holder.querySelector("[role=status]");
  const form = input?.form;
  if (!input || !list || !status || !form) return;
  const { suggest: address = "", kinds = "{}", found = "", none = "", send } = holder.dataset;
  const nameOf = JSON.parse(kinds) as Record<Suggestion["kind"], string>;
  let shown: readonly Suggestion[] = [];
  let current = -1;
  let timer = 0;
  let asking = new AbortController();

  const set = (name: string, value: string) => input.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  set("aria-expanded", "false");

  const mark = (index: number) => {
    current = index;
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(at === index));
      if (at !== index) continue;
      set("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
    if (index < 0) input.removeAttribute("aria-activedescendant");
  };
  const show = (suggestions: readonly Suggestion[]) => {
    shown = suggestions;
    list.replaceChildren(...suggestions.map((one, index) => optionOf(one, `${list.id}-${index}`, nameOf)));
    list.hidden = suggestions.length === 0;
    set("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  const close = () => {
    window.clearTimeout(timer);
    asking.abort();
    show([]);
    status.textContent = "";
  };
  const ask = async (text: string) => {
    asking.abort();
    asking = new AbortController();
    const url = new URL(address, window.location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { signal: asking.signal });
      const { items } = (await answer.json()) as { items?: Suggestion[] };
      show(items ?? []);
      status.textContent = shown.length > 0 ? `${found} ${shown.length}` : none;
    } catch {
      // Typed on meanwhile, or nobody answers: the field still works.
    }
  };
  const choose = ({ kind, id, text }: Suggestion) => {
    if (send !== undefined) {
      input.value = text;
      form.requestSubmit();
      return;
    }
    if (kind === "show" || kind === "venue") return window.location.assign(`/${kind}s/${id ?? ""}`);
    const [path, name] = kind === "place" ? ["/where", "near"] : ["/", "q"];
    window.location.assign(`${path}?${new URLSearchParams({ [name]: text }).toString()}`);
  };

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    const text = input.value.trim();
    if (text === "") close();
    else timer = window.setTimeout(() => void ask(text), pauseMs);
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = shown[current];
    if (steps !== undefined && shown.length > 0) {
      // One more place than options: the field itself.
      mark(((current + 1 + steps + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === "Enter" && chosen) choose(chosen);
    else if (event.key === "Escape" && shown.length > 0) close();
    else return;
    event.preventDefault();
  });
  // The field keeps the focus while somebody points at the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const chosen = shown[option ? [...list.children].indexOf(option) : -1];
    if (chosen) choose(chosen);
  });
  input.addEventListener("blur", close);
  form.closest("[popover]")?.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") input.focus();
  });
}

function optionOf({ kind, text, detail }: Suggestion, id: string, nameOf: Record<Suggestion["kind"], string>) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  const part = (name: string, content: string) => {
    const element = document.createElement(name);
    element.textContent = content;
    option.append(element, " ");
  };
  part("b", text);
  part("span", nameOf[kind]);
  if (detail) part("small", detail);
  return option;
}

for (const holder of document.querySelectorAll<HTMLElement>("[data-suggest]")) suggest(holder);
