// Which places are for sale, and how many are left.

import type { Showing } from "../catalogue/model.ts";
import { Refusal } from "../domain/refusals.ts";
import { refOf, showingOfSeller, throwCommon, type SalesDeps } from "./deps.ts";
import type { Availability } from "./sales.ts";

/** Takes places off sale, or puts them back. Standing places are named `FLOOR#1` like seats. */
export async function block(
  deps: SalesDeps,
  input: { showingId: string; sellerId: string; seats: readonly string[]; blocked: boolean; actor: string },
): Promise<void> {
  const showing = await showingOfSeller(deps, input.showingId, input.sellerId);
  const { layout } = await deps.catalogue.seatMap(showing.seatMapId);
  const places = [...new Set(input.seats)].map((seat, index) => {
    const place = layout.placeOf.get(seat);
    if (place === undefined)
      throw new Refusal("seat_unknown", `There is no seat ${seat} here.`, { field: `seats.${index}` });
    return place;
  });
  const change = input.blocked ? deps.inventory.block : deps.inventory.unblock;
  const answer = await change(refOf(showing), places, input.actor, deps.clock());
  if ("refusal" in answer) {
    if (answer.refusal !== "seats_taken") return throwCommon(answer);
    const seats = answer.places.map((place) => layout.names[place] ?? "");
    throw new Refusal("seats_taken", `These are held or sold: ${seats.join(", ")}.`, { seats, field: "seats" });
  }
  const action = input.blocked ? "seats.blocked" : "seats.unblocked";
  await deps.audit.append({
    actor: input.actor,
    action,
    subject: `showing:${showing.id}`,
    details: { seats: input.seats },
  });
}

/** Exact counts of a showing by section. */
export async function availability(
  deps: Pick<SalesDeps, "inventory" | "catalogue">,
  showing: Showing,
): Promise<Availability> {
  const { layout } = await deps.catalogue.seatMap(showing.seatMapId);
  const { version, sections } = await deps.inventory.counts(refOf(showing));
  return {
    version,
    free: sections.reduce((sum, section) => sum + section.free, 0),
    sections: sections.map((section, index) => ({ ...section, id: layout.sections[index]?.id ?? "" })),
  };
}

/** Free places of many showings, in one question to the inventory. */
export async function freeOf(
  deps: Pick<SalesDeps, "inventory">,
  showings: readonly Showing[],
): Promise<readonly number[]> {
  const known = await deps.inventory.freeOf(showings.map((showing) => showing.id));
  return showings.map((showing, index) => known[index] ?? showing.placeCount);
}
