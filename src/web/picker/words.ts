// What the seat map says, in the words of the page's language.

import { marks, seatName, seatNumber, type PlacedSeats } from "../../domain/packed-seat-map.ts";
import type { PickerData } from "./data.ts";
import { fill } from "./fill.ts";

export type SeatState = "free" | "taken" | "chosen" | "held";

export class Words {
  readonly texts: PickerData["texts"];
  readonly #data: PickerData;
  readonly #seats: PlacedSeats;
  readonly #money: Intl.NumberFormat;
  readonly #numbers: Intl.NumberFormat;
  readonly #plural: Intl.PluralRules;
  readonly #list: Intl.ListFormat;

  constructor(data: PickerData, seats: PlacedSeats, language: string) {
    this.texts = data.texts;
    this.#data = data;
    this.#seats = seats;
    this.#money = new Intl.NumberFormat(language, { style: "currency", currency: data.currency });
    this.#numbers = new Intl.NumberFormat(language);
    this.#plural = new Intl.PluralRules(language);
    this.#list = new Intl.ListFormat(language, { type: "conjunction" });
  }

  money(minor: number): string {
    return this.#money.format(minor / 10 ** (this.#money.resolvedOptions().maximumFractionDigits ?? 2));
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** `3 seats`, by the number's form. */
  count(value: number, forms: { one: string; other: string }): string {
    const form = this.#plural.select(value) === "one" ? forms.one : forms.other;
    return fill(form, { n: this.number(value) });
  }

  /** `C-9 and C-10` */
  seats(places: Iterable<number>): string {
    return this.names([...places].map((place) => seatName(this.#seats, place)));
  }

  names(names: readonly string[]): string {
    return this.#list.format(names);
  }

  /** `Adult $14.41`: what a seat costs with its ticket; "" where it is not sold. */
  price(section: number, ticket: number): string {
    const prices = this.#data.prices[section] ?? [];
    const found = prices.find(([tier]) => tier === ticket) ?? prices[0];
    if (!found) return "";
    const price = this.money(found[1]);
    return prices.length > 1 ? `${this.#data.tiers[found[0]]?.name ?? ""} ${price}` : price;
  }

  /** `Row C seat 7, Adult $14.41, free`; the server says the same, see seats.ts seatLabel. */
  seat(place: number, section: number, ticket: number, state: SeatState): string {
    const { texts } = this;
    const row = this.#seats.rows[this.#seats.rowOf[place] ?? -1];
    const mark = this.#seats.mark[place];
    const parts = [
      fill(texts.seat, { row: row?.name ?? "", seat: seatNumber(this.#seats, place) }),
      mark === marks.wheelchair ? texts.wheelchair : "",
      mark === marks.companion ? texts.companion : "",
      mark === marks.restricted ? texts.restricted : "",
      state === "taken" ? "" : this.price(section, ticket),
      texts[state],
    ];
    return parts.filter(Boolean).join(", ");
  }
}
