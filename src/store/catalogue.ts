// What the publisher reads to make chunks, and how demo data get in. Nothing here is read while pages are served.

import { showingAddress, showingIdRange, type ShowingAddress } from "../domain/ids.ts";
import type { Store } from "./open.ts";
import type { PlaceRow, PriceListRow, ShowingRow, ShowRow, VenueRow } from "./schema.ts";

export interface CatalogueStore {
  /** Published shows with the start of their last published showing, if that is after `since` (ms). */
  shows(since: number): Promise<readonly (ShowRow & { until: number })[]>;
  /** All venues by number, with who sells there. */
  venues(): Promise<readonly (VenueRow & { seller_name: string })[]>;
  venue(venueId: string): Promise<VenueRow | undefined>;
  places(): Promise<readonly PlaceRow[]>;
  /** The JSON of a seat map. */
  seatMap(seatMapId: string): Promise<string | undefined>;
  seatMapIds(): Promise<readonly string[]>;
  /** A venue's showings on a business day, drafts left out, with what they refer to. */
  venueDay(venue: Pick<VenueRow, "id" | "number">, date: string): Promise<VenueDayRows>;
  /** Every venue and day that has showings, drafts left out. Reads the whole table. */
  venueDays(): Promise<readonly ShowingAddress[]>;
}

export interface VenueDayRows {
  rows: readonly ShowingRow[];
  auditoriums: readonly { id: string; name: string }[];
  priceLists: readonly PriceListRow[];
}

export function createCatalogueStore({ db }: Pick<Store, "db">): CatalogueStore {
  return {
    async shows(since) {
      const rows = await db
        .selectFrom("shows as s")
        .selectAll("s")
        .select((e) =>
          // By start descending, the first published one: a step or two along the index, however many showings there are.
          e
            .selectFrom("showings as g")
            .select("g.starts_at")
            .whereRef("g.show_id", "=", "s.id")
            .where("g.status", "=", "published")
            .orderBy("g.starts_at", "desc")
            .limit(1)
            .as("until"),
        )
        .where("s.status", "=", "published")
        .orderBy("s.id")
        .execute();
      return rows.flatMap(({ until, ...row }) => {
        const last = until ?? since;
        return last > since ? [{ ...row, until: last }] : [];
      });
    },
    venues: () =>
      db
        .selectFrom("venues as v")
        .innerJoin("sellers as s", "s.id", "v.seller_id")
        .selectAll("v")
        .select("s.name as seller_name")
        .orderBy("v.number")
        .execute(),
    venue: (id) => db.selectFrom("venues").selectAll().where("id", "=", id).executeTakeFirst(),
    places: () => db.selectFrom("places").selectAll().orderBy("population", "desc").orderBy("id").execute(),
    async seatMap(id) {
      return (await db.selectFrom("seat_maps").select("document").where("id", "=", id).executeTakeFirst())?.document;
    },
    async seatMapIds() {
      return (await db.selectFrom("seat_maps").select("id").orderBy("id").execute()).map((row) => row.id);
    },
    async venueDay(venue, date) {
      const { first, end } = showingIdRange(venue.number, date, date);
      const rows = (await db
        .selectFrom("showings")
        .selectAll()
        .where("id", ">=", first)
        .where("id", "<", end)
        .where("status", "!=", "draft")
        .execute()) as ShowingRow[];
      const auditoriums = await db
        .selectFrom("auditoriums")
        .select(["id", "name"])
        .where("venue_id", "=", venue.id)
        .execute();
      const listIds = [...new Set(rows.map((row) => row.price_list_id))];
      const priceLists =
        listIds.length === 0 ? [] : await db.selectFrom("price_lists").selectAll().where("id", "in", listIds).execute();
      return { rows, auditoriums, priceLists };
    },
    async venueDays() {
      const rows = await db
        .selectFrom("showings")
        .select((e) => e.fn<string>("substr", ["id", e.val(1), e.val(9)]).as("day"))
        .distinct()
        .where("status", "!=", "draft")
        .execute();
      return rows.flatMap(({ day }) => showingAddress(`${day}00000000`) ?? []);
    },
  };
}
