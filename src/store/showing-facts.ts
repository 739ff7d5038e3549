// What mails and tickets say of a showing: names of its show, venue and room, and of its sections.

import type { SeatMap } from "../domain/seat-map.ts";
import type { Store } from "./open.ts";
import type { VenueRow } from "./schema.ts";

/** For a mail's few lines. What is gone from the store is "". */
export interface ShowingNames {
  showTitle: string;
  venueName: string;
  /** `1621 Glenarm Place, Denver, CO` */
  address: string;
  timeZone: string;
}

export async function showingNames({ db }: Pick<Store, "db">, showId: string, venueId: string): Promise<ShowingNames> {
  const show = await db.selectFrom("shows").select("title").where("id", "=", showId).executeTakeFirst();
  const venue = await db
    .selectFrom("venues")
    .select(["name", "address", "city", "region", "time_zone"])
    .where("id", "=", venueId)
    .executeTakeFirst();
  return {
    showTitle: show?.title ?? "",
    venueName: venue?.name ?? "",
    address: [venue?.address, venue?.city, venue?.region].filter(Boolean).join(", "),
    timeZone: venue?.time_zone ?? "UTC",
  };
}

/** For a ticket. */
export interface ShowingFacts {
  showTitle: string;
  endsAt: number;
  cancelled: boolean;
  auditorium: string;
  venue: VenueRow;
  /** Names of sections by id; empty where there is only one, which needs no name. */
  sections: ReadonlyMap<string, string>;
}

/** Undefined if the showing is gone. */
export async function showingFacts({ db }: Pick<Store, "db">, showingId: string): Promise<ShowingFacts | undefined> {
  const row = await db
    .selectFrom("showings as g")
    .innerJoin("shows as s", "s.id", "g.show_id")
    .innerJoin("auditoriums as a", "a.id", "g.auditorium_id")
    .innerJoin("seat_maps as m", "m.id", "g.seat_map_id")
    .select(["s.title", "g.ends_at", "g.status", "a.name as auditorium", "a.venue_id"])
    .select("m.document as map")
    .where("g.id", "=", showingId)
    .executeTakeFirst();
  if (!row) return undefined;
  const venue = await db.selectFrom("venues").selectAll().where("id", "=", row.venue_id).executeTakeFirstOrThrow();
  const { sections } = JSON.parse(row.map) as SeatMap;
  return {
    showTitle: row.title,
    endsAt: row.ends_at,
    cancelled: row.status === "cancelled",
    auditorium: row.auditorium,
    venue,
    sections: new Map(sections.length < 2 ? [] : sections.map(({ id, name }) => [id, name])),
  };
}
