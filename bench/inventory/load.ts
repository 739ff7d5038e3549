// The same load for every back end, and a book of what the clients were told: it is compared with what the servers have.

import type { ShowingRef } from "../../src/inventory/port.ts";
import { newSale, newShowing, type BackEnd, type Sale, type Seller } from "./sale.ts";

export const clients = 64;

/** What clients were told. */
export class Book {
  readonly confirmed: Sale[] = [];
  /** Asked, and never answered: either may be true. */
  readonly unknown: Sale[] = [];
  refused = 0;
  readonly holdMs: number[] = [];
  readonly beginMs: number[] = [];
  readonly confirmMs: number[] = [];

  /** Places promised to more than one buyer. */
  twice(): number {
    const promised = this.confirmed.flatMap(({ showing, places }) =>
      places.map((place) => `${showing.showingId} ${place}`),
    );
    return promised.length - new Set(promised).size;
  }
}

/** One purchase. True: confirmed. Undefined: an answer never came. */
export async function buy(seller: Seller, sale: Sale, book: Book): Promise<boolean | undefined> {
  try {
    const began = performance.now();
    const held = await seller.hold(sale);
    const heldAt = performance.now();
    book.holdMs.push(heldAt - began);
    if (!held) {
      book.refused += 1;
      return false;
    }
    const begun = await seller.begin(sale);
    const begunAt = performance.now();
    book.beginMs.push(begunAt - heldAt);
    const confirmed = begun && (await seller.confirm(sale));
    book.confirmMs.push(performance.now() - begunAt);
    if (confirmed) book.confirmed.push(sale);
    else book.refused += 1;
    return confirmed;
  } catch {
    book.unknown.push(sale);
    return undefined;
  }
}

/** Lets clients buy what `wishes` has, until it is empty or the time is over. Answers how long it took, ms. */
export async function sell(seller: Seller, wishes: Iterator<Sale>, book: Book, ms: number): Promise<number> {
  const began = performance.now();
  const until = began + ms;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const { value, done } = wishes.next();
        if (done === true) return;
        if ((await buy(seller, value, book)) === undefined) return;
      }
    }),
  );
  return performance.now() - began;
}

/** Places 0 … count-1 in blocks of one and two, in turn. */
function blocks(count: number): number[][] {
  const found: number[][] = [];
  for (let place = 0, size = 2; place < count; place += size, size = 3 - size) {
    found.push(size === 2 && place + 1 < count ? [place, place + 1] : [place]);
  }
  return found;
}

export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Nobody wants what another wants: neighbouring purchases are in different showings. */
export function* wishesOfMany(showings: readonly ShowingRef[]): Generator<Sale> {
  for (const places of blocks(showings[0]?.placeCount ?? 0)) {
    for (const showing of showings) yield newSale(showing, places);
  }
}

/** All want the same showing, and every fifth wish is wanted by two at nearly the same time. */
export function* wishesOfOne(showing: ShowingRef): Generator<Sale> {
  for (const [turn, places] of shuffled(blocks(showing.placeCount)).entries()) {
    yield newSale(showing, places);
    if (turn % 5 === 0) yield newSale(showing, places);
  }
}

/** Every client wants every seat of a small hall, in an order of its own. Answers how long it took until all were told, ms. */
export async function rush(seller: Seller, hall: ShowingRef, book: Book): Promise<number> {
  const began = performance.now();
  const seats = Array.from({ length: hall.placeCount }, (_, place) => [place]);
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const places of shuffled(seats)) await buy(seller, newSale(hall, places), book);
    }),
  );
  return performance.now() - began;
}

export const hallSeats = 200;
export const hotPlaces = 20_000;
export const newHalls = (count: number) => Array.from({ length: count }, () => newShowing(hallSeats));

/** Fails unless the server has sold exactly what the clients were told, and nothing hangs in between. */
export async function check(backEnd: BackEnd, showings: readonly ShowingRef[], book: Book): Promise<void> {
  const promised = new Map<string, Set<number>>();
  for (const { showing, places } of book.confirmed) {
    const of = promised.get(showing.showingId) ?? new Set<number>();
    for (const place of places) of.add(place);
    promised.set(showing.showingId, of);
  }
  if (book.twice() > 0) throw new Error(`${backEnd.name} promised ${book.twice()} places twice`);
  if (book.unknown.length > 0) throw new Error(`${backEnd.name} left ${book.unknown.length} questions unanswered`);
  for (const showing of showings) {
    const states = await backEnd.states(showing);
    if (states.length !== showing.placeCount) throw new Error(`${backEnd.name} draws ${states.length} places`);
    for (const [place, letter] of Array.from(states).entries()) {
      const wanted = promised.get(showing.showingId)?.has(place) === true ? "s" : "f";
      if (letter !== wanted) {
        throw new Error(`${backEnd.name} has place ${place} of ${showing.showingId} as ${letter}, told was ${wanted}`);
      }
    }
  }
  const missing = await backEnd.missing(book.confirmed);
  if (missing > 0) throw new Error(`${backEnd.name} lacks ${missing} confirmed orders`);
}
