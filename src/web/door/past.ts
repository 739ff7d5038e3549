// The last ten scans of this page, newest first: for "was that one green?".

import type { AnswerView } from "./answer.ts";

const most = 10;

export class Past {
  readonly #root: HTMLElement;
  readonly #clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" });

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  add({ tone, word, seat }: AnswerView): void {
    const list = this.#root.querySelector("ol")!;
    const row = document.createElement("li");
    row.className = `door-past-${tone}`;
    const [name, place, time] = [
      document.createElement("strong"),
      document.createElement("span"),
      document.createElement("time"),
    ];
    name.textContent = word;
    place.textContent = seat ?? "";
    time.textContent = this.#clock.format();
    row.append(name, place, time);
    list.prepend(row);
    while (list.children.length > most) list.lastElementChild?.remove();
    this.#root.hidden = false;
  }
}
