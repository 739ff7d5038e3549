// How a showing's row becomes what callers see.

import type { ShowingFormat } from "../../domain/formats.ts";
import { showingAddress } from "../../domain/ids.ts";
import type { ShowingRow } from "../../store/schema.ts";
import type { AuthoringStore } from "../../store/authoring.ts";
import type { OwnShowing } from "./authoring.ts";

/** A page of showings is in far fewer rooms; a day of a venue, or one call's showings, too. */
const mostRooms = 10_000;

/** Rows with the venue and size of their auditorium. */
export async function showingsOf(
  lists: AuthoringStore,
  sellerId: string,
  rows: readonly ShowingRow[],
): Promise<OwnShowing[]> {
  const rooms = await lists.auditoriumsById(
    sellerId,
    [...new Set(rows.map((row) => row.auditorium_id))].slice(0, mostRooms),
  );
  const venueOf = new Map(rooms.map((one) => [one.id, one.venue_id]));
  const sizes = new Map<string, number>();
  for (const id of new Set(rows.map((row) => row.seat_map_id))) {
    sizes.set(id, (await lists.seatMap(id))?.place_count ?? 0);
  }
  return rows.map((row) => ({
    id: row.id,
    showId: row.show_id,
    venueId: venueOf.get(row.auditorium_id) ?? "",
    auditoriumId: row.auditorium_id,
    seatMapId: row.seat_map_id,
    date: showingAddress(row.id)?.date ?? "",
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priceListId: row.price_list_id,
    strandRule: row.strand_rule === 1,
    formats: JSON.parse(row.formats) as ShowingFormat[],
    placeCount: sizes.get(row.seat_map_id) ?? 0,
    status: row.status,
  }));
}
