import { refusedFor } from "../../domain/faults.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { ShowingRow, VenueRow } from "../../store/schema.ts";
import type { OwnedAuditorium } from "../../store/authoring.ts";
import type { Authoring, PlannedShowing } from "./authoring.ts";
import { auditoriumFound, priceListFound, showFound, showingFound, venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { datesOf, planPublication, publishShowingsOf } from "./publish-days.ts";
import { checkSectionsPriced, clashRefusal, namedClashes } from "./schedule.ts";
import { priceListOf } from "./set-prices.ts";
import { showingsOf } from "./showing.ts";
import { addDays, dateAt, instantAt, isTime, timeAt } from "./venue-clock.ts";

export function changeShowing(parts: Parts): Authoring["changeShowing"] {
  const { lists, showings, audit } = parts;
  return async ({ sellerId, actor }, showingId, change) => {
    const row = await showingFound(showings, sellerId, showingId);
    if (row.status === "cancelled") throw new Refusal("showing_cancelled");
    if (row.starts_at <= parts.clock()) throw refusedFor("showing_over", { code: "showing-begun" });
    const auditorium = await auditoriumFound(lists, sellerId, row.auditorium_id);
    const venue = await venueFound(lists, sellerId, auditorium.venue_id);
    await refuseInUse(parts, row);
    const details = { sellerId, before: row, change };
    const room = await roomFor(parts, row, auditorium, change.auditoriumId);
    if (change.priceListId !== undefined || room.seat_map_id !== row.seat_map_id) {
      const field = change.priceListId === undefined ? "auditoriumId" : "priceListId";
      const priceListId = change.priceListId ?? row.price_list_id;
      const prices = priceListOf(await priceListFound(lists, sellerId, priceListId, field));
      checkSectionsPriced(prices, (await lists.seatMap(room.seat_map_id))?.document, field);
    }
    const moves = change.time !== undefined || room.id !== row.auditorium_id;
    if (row.status === "published") await planPublication(parts, venue.id, datesOf([row]));
    if (moves) await move(parts, row, venue, room, change.time);
    if (change.priceListId !== undefined) {
      await showings.change(sellerId, [showingId], { price_list_id: change.priceListId });
    }
    await audit.append({ actor, action: "showing.changed", subject: `showing:${showingId}`, details });
    if (row.status === "published") {
      await publishShowingsOf(parts, venue.id, [row]);
      if (moves) await undoIfInUse(parts, row, venue, actor);
    }
    const [changed] = await showingsOf(lists, sellerId, [await showingFound(showings, sellerId, showingId)]);
    if (!changed) throw new Refusal("not_found");
    return changed;
  };
}

/** Where the showing is to be, with the seat map that it then has: its own in its own auditorium, else the other's current one. */
type Room = Pick<OwnedAuditorium, "id" | "turnaround_minutes" | "seat_map_id">;

async function roomFor({ lists }: Parts, row: ShowingRow, own: OwnedAuditorium, wantedId?: string): Promise<Room> {
  if (wantedId === undefined || wantedId === own.id) return { ...own, seat_map_id: row.seat_map_id };
  const room = await auditoriumFound(lists, row.seller_id, wantedId, "auditoriumId");
  const field = "auditoriumId";
  if (room.venue_id !== own.venue_id) {
    throw refusedFor("invalid_request", { code: "other-venue" }, { field });
  }
  // Blocks and the inventory count places of the seat map that was published.
  if (row.status === "published" && room.seat_map_id !== row.seat_map_id) {
    throw refusedFor("invalid_request", { code: "other-seats" }, { field });
  }
  return room;
}

/** Gives the showing another time of its day or another auditorium, if nothing else is there then. */
async function move(parts: Parts, row: ShowingRow, venue: VenueRow, room: Room, wantedTime?: string) {
  const time = wantedTime ?? timeAt(row.starts_at, venue.time_zone);
  if (!isTime(time)) throw refusedFor("invalid_request", { code: "no-time", time }, { field: "time" });
  const date = dateAt(row.starts_at, venue.time_zone);
  const startsAt = wantedTime === undefined ? row.starts_at : instantAt(date, time, venue.time_zone).instant;
  const turnaroundMinutes = room.turnaround_minutes;
  if (startsAt <= parts.clock()) throw refusedFor("invalid_request", { code: "time-over" }, { field: "time" });
  const endsAt = startsAt + row.ends_at - row.starts_at;
  const planned: PlannedShowing = { date, time, startsAt, endsAt };
  const days = { venueNumber: venue.number, from: addDays(date, -2), to: addDays(date, 2) };
  const show = await showFound(parts.lists, row.seller_id, row.show_id);
  const clashesWith = (existing: readonly ShowingRow[]) =>
    namedClashes(parts, row.seller_id, [planned], existing, turnaroundMinutes, show, venue.time_zone);
  const others = (rows: readonly ShowingRow[]) => rows.filter((other) => other.id !== row.id);
  const clashes = await clashesWith(others(await parts.showings.inAuditorium(room.id, days)));
  if (clashes.length > 0) throw clashRefusal(clashes);
  let clashing: readonly ShowingRow[] = [];
  await parts.showings.moveInAuditorium(room.id, days, (existing) => {
    const reach = turnaroundMinutes * 60_000;
    clashing = others(existing).filter((other) => other.starts_at < endsAt + reach && startsAt < other.ends_at + reach);
    const moved = { starts_at: startsAt, ends_at: endsAt, auditorium_id: room.id, seat_map_id: room.seat_map_id };
    return clashing.length > 0 ? new Map() : new Map([[row.id, moved]]);
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
    throw refusedFor("showing_in_use", { code: "showing-sold" });
  }
}

/** Somebody held a seat at the old time while it changed: the old time stands, and the change is refused. */
async function undoIfInUse(parts: Parts, row: ShowingRow, venue: VenueRow, actor: string): Promise<void> {
  try {
    await refuseInUse(parts, row);
  } catch (error) {
    const { starts_at, ends_at, price_list_id, auditorium_id, seat_map_id } = row;
    const restored = { starts_at, ends_at, price_list_id, auditorium_id, seat_map_id };
    await parts.showings.change(row.seller_id, [row.id], restored);
    await publishShowingsOf(parts, venue.id, [row]);
    const details = { sellerId: row.seller_id, restored };
    await parts.audit.append({ actor, action: "showing.restored", subject: `showing:${row.id}`, details });
    throw error;
  }
}
