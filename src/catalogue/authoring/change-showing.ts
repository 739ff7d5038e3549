import { Refusal } from "../../domain/refusals.ts";
import type { ShowingRow, VenueRow } from "../../store/schema.ts";
import type { Authoring, PlannedShowing } from "./authoring.ts";
import { auditoriumFound, priceListFound, showFound, showingFound, venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { datesOf, planPublication, publishShowingsOf } from "./publish-days.ts";
import { checkSectionsPriced, clashRefusal, namedClashes } from "./schedule.ts";
import { priceListOf } from "./set-prices.ts";
import { showingsOf } from "./showing.ts";
import { addDays, dateAt, instantAt, isTime } from "./venue-clock.ts";

export function changeShowing(parts: Parts): Authoring["changeShowing"] {
  const { lists, showings, audit } = parts;
  return async ({ sellerId, actor }, showingId, change) => {
    const row = await showingFound(showings, sellerId, showingId);
    if (row.status === "cancelled") throw new Refusal("showing_cancelled");
    if (row.starts_at <= parts.clock()) throw new Refusal("showing_over", "This showing has begun already.");
    const auditorium = await auditoriumFound(lists, sellerId, row.auditorium_id);
    const venue = await venueFound(lists, sellerId, auditorium.venue_id);
    await refuseInUse(parts, row);
    const details = { sellerId, before: row, change };
    if (change.priceListId !== undefined) {
      const prices = priceListOf(await priceListFound(lists, sellerId, change.priceListId, "priceListId"));
      checkSectionsPriced(prices, (await lists.seatMap(row.seat_map_id))?.document);
    }
    if (row.status === "published") await planPublication(parts, venue.id, datesOf([row]));
    if (change.time !== undefined) await move(parts, row, venue, auditorium.turnaround_minutes, change.time);
    if (change.priceListId !== undefined) {
      await showings.change(sellerId, [showingId], { price_list_id: change.priceListId });
    }
    await audit.append({ actor, action: "showing.changed", subject: `showing:${showingId}`, details });
    if (row.status === "published") {
      await publishShowingsOf(parts, venue.id, [row]);
      if (change.time !== undefined) await undoIfInUse(parts, row, venue, actor);
    }
    const [changed] = await showingsOf(lists, sellerId, [await showingFound(showings, sellerId, showingId)]);
    if (!changed) throw new Refusal("not_found");
    return changed;
  };
}

/** Gives the showing another time of its day, if nothing else is in the auditorium then. */
async function move(parts: Parts, row: ShowingRow, venue: VenueRow, turnaroundMinutes: number, time: string) {
  if (!isTime(time)) throw new Refusal("invalid_request", "Write the time like 19:30.", { field: "time" });
  const date = dateAt(row.starts_at, venue.time_zone);
  const startsAt = instantAt(date, time, venue.time_zone).instant;
  if (startsAt <= parts.clock()) throw new Refusal("invalid_request", "That time is over.", { field: "time" });
  const endsAt = startsAt + row.ends_at - row.starts_at;
  const planned: PlannedShowing = { date, time, startsAt, endsAt };
  const days = { venueNumber: venue.number, from: addDays(date, -2), to: addDays(date, 2) };
  const show = await showFound(parts.lists, row.seller_id, row.show_id);
  const clashesWith = (existing: readonly ShowingRow[]) =>
    namedClashes(parts, row.seller_id, [planned], existing, turnaroundMinutes, show, venue.time_zone);
  const others = (rows: readonly ShowingRow[]) => rows.filter((other) => other.id !== row.id);
  const clashes = await clashesWith(others(await parts.showings.inAuditorium(row.auditorium_id, days)));
  if (clashes.length > 0) throw clashRefusal(clashes);
  let clashing: readonly ShowingRow[] = [];
  await parts.showings.moveInAuditorium(row.auditorium_id, days, (existing) => {
    const reach = turnaroundMinutes * 60_000;
    clashing = others(existing).filter((other) => other.starts_at < endsAt + reach && startsAt < other.ends_at + reach);
    return clashing.length > 0 ? new Map() : new Map([[row.id, { starts_at: startsAt, ends_at: endsAt }]]);
  });
  // Somebody else scheduled there between the look and the lock.
  if (clashing.length > 0) throw clashRefusal(await clashesWith(clashing));
}

async function refuseInUse({ catalogue, sales }: Parts, row: ShowingRow): Promise<void> {
  if (row.status !== "published") return;
  const showing = await catalogue.showing(row.id);
  if (!showing) return;
  const { sections } = await sales.availability(showing);
  if (sections.some((section) => section.held + section.paying + section.sold > 0)) {
    throw new Refusal("showing_in_use", "Seats of this showing are held or sold, so it has to stay as it is.");
  }
}

/** Somebody held a seat at the old time while it changed: the old time stands, and the change is refused. */
async function undoIfInUse(parts: Parts, row: ShowingRow, venue: VenueRow, actor: string): Promise<void> {
  try {
    await refuseInUse(parts, row);
  } catch (error) {
    const { starts_at, ends_at, price_list_id } = row;
    await parts.showings.change(row.seller_id, [row.id], { starts_at, ends_at, price_list_id });
    await publishShowingsOf(parts, venue.id, [row]);
    const details = { sellerId: row.seller_id, restored: { starts_at, ends_at, price_list_id } };
    await parts.audit.append({ actor, action: "showing.restored", subject: `showing:${row.id}`, details });
    throw error;
  }
}
