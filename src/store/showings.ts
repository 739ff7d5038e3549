// Showings as sellers write them. A venue's days are a range of the primary key (domain/ids.ts showingIdRange), so nothing
// here reads more than the days it is asked for.

import type { Transaction } from "kysely";
import { showingIdRange } from "../domain/ids.ts";
import type { Database, ShowingRow } from "./schema.ts";
import type { Store } from "./open.ts";
import { inTransaction } from "./transaction.ts";

export interface VenueDays {
  venueNumber: number;
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

export interface ShowingStore {
  /**
   * Adds showings to an auditorium, all or none, with nobody else changing its schedule meanwhile. `decide` sees what is
   * scheduled there in those days (not what is cancelled) and answers the rows to add; what it throws undoes everything.
   */
  addToAuditorium(
    auditoriumId: string,
    days: VenueDays,
    decide: (existing: readonly ShowingRow[]) => readonly ShowingRow[],
  ): Promise<readonly ShowingRow[]>;
  /** Moves showings of an auditorium in time, all or none; `decide` as above, answering what changes by id. */
  moveInAuditorium(
    auditoriumId: string,
    days: VenueDays,
    decide: (existing: readonly ShowingRow[]) => ReadonlyMap<string, Partial<ShowingRow>>,
  ): Promise<void>;
  /** Scheduled in an auditorium in those days, cancelled ones left out; by start. */
  inAuditorium(auditoriumId: string, days: VenueDays): Promise<readonly ShowingRow[]>;
  /** Which seat maps an auditorium's showings of those days have, cancelled ones left out, the last shown one first. */
  seatMapsInAuditorium(auditoriumId: string, days: VenueDays, now: number): Promise<readonly SeatMapUse[]>;
  /** All of a venue in those days, by start. */
  atVenue(sellerId: string, days: VenueDays): Promise<readonly ShowingRow[]>;
  /** A page of a show's showings that start from `from` (ms) on, by start; `after` is the last one of the page before. */
  ofShow(
    sellerId: string,
    showId: string,
    page: { from: number; limit: number; after?: { startsAt: number; id: string } },
  ): Promise<readonly ShowingRow[]>;
  byIds(sellerId: string, ids: readonly string[]): Promise<readonly ShowingRow[]>;
  change(sellerId: string, ids: readonly string[], change: Partial<ShowingRow>): Promise<void>;
  /** How many showings of a show that are not cancelled start after `now`, by status. */
  toCome(showId: string, now: number): Promise<{ draft: number; published: number }>;
  /** Whether a venue has any showing on those days that is not cancelled. */
  hasAny(days: VenueDays): Promise<boolean>;
}

/** Showings that have one seat map. */
export interface SeatMapUse {
  seatMapId: string;
  showings: number;
  /** Of them those that begin later. */
  toCome: number;
  /** When the first and the last of them begin. */
  first: number;
  last: number;
}

const chunk = 100;

export function createShowingStore({ db }: Store): ShowingStore {
  const scheduled = (on: Transaction<Database> | typeof db, auditoriumId: string, days: VenueDays) => {
    const { first, end } = showingIdRange(days.venueNumber, days.from, days.to);
    return on
      .selectFrom("showings")
      .selectAll()
      .where("id", ">=", first)
      .where("id", "<", end)
      .where("auditorium_id", "=", auditoriumId)
      .where("status", "!=", "cancelled")
      .orderBy("starts_at")
      .execute();
  };
  /** One writer an auditorium: the row is written, and so locked, before its schedule is read. */
  const alone = <T>(auditoriumId: string, work: (trx: Transaction<Database>) => Promise<T>) =>
    inTransaction(db, async (trx) => {
      await trx
        .updateTable("auditoriums")
        .set((e) => ({ name: e.ref("name") }))
        .where("id", "=", auditoriumId)
        .execute();
      return work(trx);
    });

  return {
    addToAuditorium: (auditoriumId, days, decide) =>
      alone(auditoriumId, async (trx) => {
        const rows = decide(await scheduled(trx, auditoriumId, days));
        for (let from = 0; from < rows.length; from += chunk) {
          await trx
            .insertInto("showings")
            .values(rows.slice(from, from + chunk))
            .execute();
        }
        return rows;
      }),
    moveInAuditorium: (auditoriumId, days, decide) =>
      alone(auditoriumId, async (trx) => {
        for (const [id, change] of decide(await scheduled(trx, auditoriumId, days))) {
          await trx.updateTable("showings").set(change).where("id", "=", id).execute();
        }
      }),
    inAuditorium: (auditoriumId, days) => scheduled(db, auditoriumId, days),
    async seatMapsInAuditorium(auditoriumId, days, now) {
      const { first, end } = showingIdRange(days.venueNumber, days.from, days.to);
      const rows = await db
        .selectFrom("showings")
        .where("id", ">=", first)
        .where("id", "<", end)
        .where("auditorium_id", "=", auditoriumId)
        .where("status", "!=", "cancelled")
        .groupBy("seat_map_id")
        .select((e) => [
          "seat_map_id",
          e.fn.countAll<number | string>().as("showings"),
          e.fn.countAll<number | string>().filterWhere("starts_at", ">", now).as("to_come"),
          e.fn.min("starts_at").as("first"),
          e.fn.max("starts_at").as("last"),
        ])
        .execute();
      return rows
        .map((row) => ({
          seatMapId: row.seat_map_id,
          showings: Number(row.showings),
          toCome: Number(row.to_come),
          first: row.first,
          last: row.last,
        }))
        .toSorted((a, b) => b.last - a.last);
    },
    async atVenue(sellerId, days) {
      const { first, end } = showingIdRange(days.venueNumber, days.from, days.to);
      const query = db.selectFrom("showings").selectAll().where("id", ">=", first).where("id", "<", end);
      return query.where("seller_id", "=", sellerId).orderBy("starts_at").orderBy("id").execute();
    },
    ofShow(sellerId, showId, { from, limit, after }) {
      let query = db.selectFrom("showings").selectAll().where("show_id", "=", showId).where("seller_id", "=", sellerId);
      query = query.where("starts_at", ">=", from);
      if (after) {
        query = query.where((e) =>
          e.or([
            e("starts_at", ">", after.startsAt),
            e.and([e("starts_at", "=", after.startsAt), e("id", ">", after.id)]),
          ]),
        );
      }
      return query.orderBy("starts_at").orderBy("id").limit(limit).execute();
    },
    async byIds(sellerId, ids) {
      const found: ShowingRow[] = [];
      for (let from = 0; from < ids.length; from += chunk) {
        const part = ids.slice(from, from + chunk);
        const query = db.selectFrom("showings").selectAll().where("id", "in", part);
        found.push(...(await query.where("seller_id", "=", sellerId).execute()));
      }
      return found;
    },
    async change(sellerId, ids, change) {
      await inTransaction(db, async (trx) => {
        for (let from = 0; from < ids.length; from += chunk) {
          const part = ids.slice(from, from + chunk);
          const query = trx.updateTable("showings").set(change).where("id", "in", part);
          await query.where("seller_id", "=", sellerId).execute();
        }
      });
    },
    async toCome(showId, now) {
      const query = db.selectFrom("showings").where("show_id", "=", showId).where("starts_at", ">", now);
      const rows = await query
        .groupBy("status")
        .select((e) => ["status", e.fn.countAll<number | string>().as("n")])
        .execute();
      const of = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0);
      return { draft: of("draft"), published: of("published") };
    },
    async hasAny(days) {
      const { first, end } = showingIdRange(days.venueNumber, days.from, days.to);
      const query = db.selectFrom("showings").select("id").where("id", ">=", first).where("id", "<", end);
      return (await query.where("status", "!=", "cancelled").limit(1).executeTakeFirst()) !== undefined;
    },
  };
}
