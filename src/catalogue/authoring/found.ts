// Reads one object of a seller, or refuses `not_found`: also when it is another seller's.

import { Refusal } from "../../domain/refusals.ts";
import type { AuthoringStore } from "../../store/authoring.ts";
import type { ShowingRow } from "../../store/schema.ts";
import type { ShowingStore } from "../../store/showings.ts";

function found<T>(row: T | undefined, what: string, field?: string): T {
  if (row === undefined)
    throw new Refusal("not_found", `There is no such ${what}.`, field === undefined ? {} : { field });
  return row;
}

export async function venueFound(lists: AuthoringStore, sellerId: string, id: string, field?: string) {
  return found(await lists.venue(sellerId, id), "venue", field);
}
export async function auditoriumFound(lists: AuthoringStore, sellerId: string, id: string, field?: string) {
  return found(await lists.auditorium(sellerId, id), "auditorium", field);
}
export async function showFound(lists: AuthoringStore, sellerId: string, id: string, field?: string) {
  return found(await lists.show(sellerId, id), "show", field);
}
export async function priceListFound(lists: AuthoringStore, sellerId: string, id: string, field?: string) {
  return found(await lists.priceList(sellerId, id), "price list", field);
}
export async function showingFound(showings: ShowingStore, sellerId: string, id: string): Promise<ShowingRow> {
  return found((await showings.byIds(sellerId, [id]))[0], "showing");
}
