// A seller's showings with their titles and places, by start; drafts left out.

import { showingIdRange } from "../domain/ids.ts";
import type { Store } from "./open.ts";
import type { Period, ReportPage, SalesFilter } from "./report-terms.ts";

/** One more than the page has, by start. */
export async function findShowings(
  db: Store["db"],
  sellerId: string,
  period: Period,
  { limit, cursor, showId, venueId }: ReportPage & SalesFilter,
) {
  const [, at, id] = /^(\d{1,16})\.(\w+)$/.exec(cursor ?? "") ?? [];
  const after = at !== undefined && id !== undefined ? { at: Number(at), id } : undefined;
  const shows = await db
    .selectFrom("shows")
    .select(["id", "title"])
    .where("seller_id", "=", sellerId)
    .$if(showId !== undefined, (query) => query.where("id", "=", showId ?? ""))
    .execute();
  const titles = new Map(shows.map((show) => [show.id, show.title]));
  const begun = db
    .selectFrom("showings as s")
    .innerJoin("seat_maps as m", "m.id", "s.seat_map_id")
    .where("s.starts_at", ">=", Math.max(period.from, after?.at ?? 0))
    .where("s.starts_at", "<", period.until)
    .where("s.status", "!=", "draft")
    .select(["s.id", "s.show_id", "s.auditorium_id", "s.starts_at", "s.status", "m.place_count"]);
  const rows = [];
  if (venueId === undefined) {
    // The first of each show, then of all: the index is by show and start, and a chain has millions of showings.
    for (const show of shows) {
      let query = begun.where("s.show_id", "=", show.id);
      if (after) query = query.where((e) => e.or([e("s.starts_at", ">", after.at), e("s.id", ">", after.id)]));
      const page = query
        .orderBy("s.starts_at")
        .orderBy("s.id")
        .limit(limit + 1);
      rows.push(...(await page.execute()));
    }
  } else {
    const venue = await db.selectFrom("venues").select("number").where("id", "=", venueId).executeTakeFirst();
    if (!venue) return [];
    const { first, end } = showingIdRange(venue.number, utcDay(period.from, -1), utcDay(period.until, 1));
    const found = await begun.where("s.id", ">=", first).where("s.id", "<", end).execute();
    const isLater = (row: { id: string; starts_at: number }) =>
      !after || row.starts_at > after.at || (row.starts_at === after.at && row.id > after.id);
    rows.push(...found.filter((row) => titles.has(row.show_id) && isLater(row)));
  }
  return rows
    .map((row) => ({ ...row, title: titles.get(row.show_id) ?? "" }))
    .toSorted((a, b) => a.starts_at - b.starts_at || (a.id < b.id ? -1 : 1))
    .slice(0, limit + 1);
}

/** The day of an instant in UTC, so many days later: no clock on earth is further away. */
function utcDay(at: number, later: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO("UTC")
    .toPlainDate()
    .add({ days: later })
    .toString();
}
