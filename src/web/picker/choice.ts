// What somebody chooses of a room: seats with their tickets, what would be left alone beside them, and what is offered when
// somebody else is faster.

import { alternativeTo, strandedSeats } from "../../domain/alternative.ts";
import { seatName } from "../../domain/packed-seat-map.ts";
import type { PickerData } from "./data.ts";
import type { Room } from "./room.ts";

/** A seat with its ticket, by index. */
export type Chosen = readonly [place: number, ticket: number];

/** Seats that were lost, and equal ones if there are any. */
export interface Offer {
  /** Everything that was chosen before. */
  wanted: readonly Chosen[];
  lost: readonly number[];
  /** In the order of `wanted`. */
  instead: readonly number[] | undefined;
}

export class Choice {
  readonly #room: Room;
  readonly #data: PickerData;
  #offer: Offer | undefined;

  constructor(room: Room, data: PickerData) {
    this.#room = room;
    this.#data = data;
  }

  get offer(): Offer | undefined {
    return this.#offer;
  }

  /** The ticket a seat has if nothing is said. */
  usualTicket(place: number): number {
    return this.#data.prices[this.#room.sectionOf(place)]?.[0]?.[0] ?? 0;
  }

  /** By index; what a chosen seat has, or would have. */
  ticketOf(place: number): number {
    return this.#room.chosen.get(place) ?? this.usualTicket(place);
  }

  /** Takes or leaves a free seat that is sold. Whoever goes on choosing has no more use for an offer. */
  toggle(place: number): void {
    const { chosen, isFree } = this.#room;
    if (!chosen.delete(place) && isFree(place) && this.isSold(place)) chosen.set(place, this.usualTicket(place));
    this.#offer = undefined;
  }

  isSold(place: number): boolean {
    return (this.#data.prices[this.#room.sectionOf(place)]?.length ?? 0) > 0;
  }

  setTicket(place: number, ticket: number): void {
    if (this.#room.chosen.has(place)) this.#room.chosen.set(place, ticket);
  }

  /** Chosen seats are gone: they are let go of, and the nearest equal ones looked for. */
  lose(lost: readonly number[]): void {
    const { chosen } = this.#room;
    const wanted = this.#offer?.wanted ?? [...chosen];
    const all = [...(this.#offer?.lost ?? []), ...lost];
    for (const place of lost) chosen.delete(place);
    this.#offer = { wanted, lost: all, instead: this.#instead(wanted) };
  }

  /** Looks again, since other seats went or came back. */
  lookAgain(): void {
    if (this.#offer) this.#offer = { ...this.#offer, instead: this.#instead(this.#offer.wanted) };
  }

  /** Takes what is offered. */
  accept(): readonly number[] {
    const { wanted = [], instead = [] } = this.#offer ?? {};
    const { chosen } = this.#room;
    chosen.clear();
    for (const [index, place] of instead.entries()) chosen.set(place, wanted[index]?.[1] ?? this.usualTicket(place));
    this.#offer = undefined;
    return instead;
  }

  /** Single seats that the choice would leave, where the seller forbids it. */
  stranded(): number[] {
    const { seats, chosen, isFree } = this.#room;
    return this.#data.strandRule ? strandedSeats(seats, isFree, [...chosen.keys()]) : [];
  }

  /** Seats by name, with the ids of their tickets. */
  named(): (readonly [seat: string, ticket: string])[] {
    const { seats, chosen } = this.#room;
    return [...chosen].map(([place, ticket]) => [seatName(seats, place), this.#data.tiers[ticket]?.id ?? ""] as const);
  }

  /** Takes seats by name, as far as they are there and free. */
  take(named: readonly (readonly [seat: string, ticket: string])[]): void {
    if (named.length === 0) return;
    const { seats, chosen, isFree } = this.#room;
    const wanted = new Map(named);
    for (const row of seats.rows) {
      for (let place = row.start; place < row.start + row.length; place += 1) {
        const ticket = wanted.get(seatName(seats, place));
        if (ticket === undefined || !isFree(place) || !this.isSold(place)) continue;
        const index = this.#data.tiers.findIndex(({ id }) => id === ticket);
        const sold = this.#data.prices[this.#room.sectionOf(place)]?.some(([tier]) => tier === index);
        chosen.set(place, sold ? index : this.usualTicket(place));
      }
    }
  }

  #instead(wanted: readonly Chosen[]): number[] | undefined {
    const tickets = [...new Set(wanted.map(([, ticket]) => ticket))];
    const priceIn = (section: number, ticket: number) =>
      this.#data.prices[section]?.find(([tier]) => tier === ticket)?.[1];
    return alternativeTo(this.#room.seats, {
      wanted: wanted.map(([place]) => place),
      isFree: this.#room.isFree,
      samePrice: (section, other) => tickets.every((ticket) => priceIn(section, ticket) === priceIn(other, ticket)),
      strandRule: this.#data.strandRule,
    });
  }
}
