// How many are in: with each answer, and every few seconds for what other gates let in.

import { fill } from "../picker/fill.ts";
import type { Counted, DoorPage } from "./asking.ts";

const everyMs = 5_000;

export class Count {
  readonly #root: HTMLElement;
  readonly #page: DoorPage;
  #showingId: string | undefined;

  constructor(root: HTMLElement, page: DoorPage) {
    this.#root = root;
    this.#page = page;
    this.#showingId = page.counted;
    setInterval(() => void this.#look(), everyMs);
    void this.#look();
  }

  show({ showingId, admitted, sold }: Counted): void {
    this.#showingId = showingId;
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const words = { admitted: numbers.format(admitted), sold: numbers.format(sold) };
    this.#root.querySelector("p")!.textContent = fill(this.#page.texts.count, words);
    const bar = this.#root.querySelector("progress")!;
    bar.max = Math.max(1, sold);
    bar.value = admitted;
    this.#root.hidden = false;
  }

  async #look(): Promise<void> {
    const showingId = this.#showingId;
    if (showingId === undefined || document.hidden) return;
    const response = await fetch(`${this.#page.showings}/${showingId}/door`).catch(() => undefined);
    if (!response?.ok || showingId !== this.#showingId) return;
    const { admittedCount, soldCount } = (await response.json()) as { admittedCount: number; soldCount: number };
    this.show({ showingId, admitted: admittedCount, sold: soldCount });
  }
}
