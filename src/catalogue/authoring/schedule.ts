// Schedules showings of one show in one auditorium, all or none.

import { inOrder } from "../../domain/formats.ts";
import { newShowingId } from "../../domain/ids.ts";
import { refusedFields, refusedFor, type Fault } from "../../domain/faults.ts";
import type { Refusal } from "../../domain/refusals.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import type { ShowingRow, ShowRow } from "../../store/schema.ts";
import type { OwnedAuditorium } from "../../store/authoring.ts";
import { isTaken } from "../../store/unique.ts";
import type { Authoring, By, Clash, PlannedShowing, ScheduleInput } from "./authoring.ts";
import { findClashes } from "./clashes.ts";
import { auditoriumFound, priceListFound, showFound, venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { planShowings } from "./plan.ts";
import { planPublication, publishShowingsOf } from "./publish-days.ts";
import { priceListOf } from "./set-prices.ts";
import { addDays, dateAt, timeAt } from "./venue-clock.ts";

export function schedule(parts: Parts): Authoring["schedule"] {
  return async (by, input) => {
    const { show, auditorium, venue, strandRule } = await resolve(parts, by, input);
    const now = parts.clock();
    const { planned, over } = planShowings(input, venue.time_zone, show.running_minutes, now);
    // A day to each side: a showing may run past midnight, and a moved clock may put one there.
    const days = {
      venueNumber: venue.number,
      from: addDays(input.from, -2),
      to: addDays(input.to, 2),
    };
    const clashesWith = async (existing: readonly ShowingRow[]) =>
      namedClashes(parts, by.sellerId, planned, existing, auditorium.turnaround_minutes, show, venue.time_zone);
    if (input.dryRun) {
      const existing = await parts.showings.inAuditorium(auditorium.id, days);
      return { showings: planned, clashes: await clashesWith(existing), over };
    }
    const makeRows = () =>
      planned.map((showing) => rowOf(parts, by, input, venue.number, auditorium, strandRule, showing));
    if (input.publish)
      await planPublication(
        parts,
        venue.id,
        planned.map(({ date }) => date),
      );
    let clashing: readonly ShowingRow[] | undefined;
    const rows = await withFreshIds(() =>
      parts.showings.addToAuditorium(auditorium.id, days, (existing) => {
        if (findClashes(planned, slotsOf(existing), auditorium.turnaround_minutes * 60_000).length === 0) {
          return makeRows();
        }
        clashing = existing;
        return [];
      }),
    );
    if (clashing) throw clashRefusal(await clashesWith(clashing));
    const details = { ...input, sellerId: by.sellerId, showings: rows.length };
    await parts.audit.append({
      actor: by.actor,
      action: input.publish ? "showings.scheduled_and_published" : "showings.scheduled",
      subject: `auditorium:${auditorium.id}`,
      details,
    });
    if (input.publish) await publishShowingsOf(parts, venue.id, rows);
    const showings = planned.map((showing, index) => ({ ...showing, id: rows[index]?.id ?? "" }));
    return { showings, clashes: [], over };
  };
}

/** A showing's id has 40 random bits within its venue's day: one that is taken is rare, and another is drawn. */
async function withFreshIds<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isTaken(error)) throw error;
    return write();
  }
}

async function resolve({ lists }: Parts, { sellerId }: By, input: ScheduleInput) {
  const show = await showFound(lists, sellerId, input.showId, "showId");
  const auditorium = await auditoriumFound(lists, sellerId, input.auditoriumId, "auditoriumId");
  const prices = priceListOf(await priceListFound(lists, sellerId, input.priceListId, "priceListId"));
  const venue = await venueFound(lists, sellerId, auditorium.venue_id);
  const seller = await lists.seller(sellerId);
  if (show.status === "archived") {
    throw refusedFor("not_ready", { code: "show-archived" }, { field: "showId" });
  }
  if (input.publish && show.status !== "published") {
    throw refusedFor(
      "not_ready",
      { code: "show-unpublished", title: show.title },
      { field: "publish", showId: show.id },
    );
  }
  checkSectionsPriced(prices, (await lists.seatMap(auditorium.seat_map_id))?.document);
  return { show, auditorium, venue, strandRule: seller?.strand_rule ?? 1 };
}

/** Refuses prices that do not fit the auditorium: for sections that it lacks, or for none that it has. */
export function checkSectionsPriced(
  prices: { tiers: readonly { sections: Readonly<Record<string, number>> }[] },
  document: string | undefined,
  field = "priceListId",
): void {
  const sections = new Set(
    document === undefined ? [] : (JSON.parse(document) as SeatMap).sections.map(({ id }) => id),
  );
  const priced = [...new Set(prices.tiers.flatMap((tier) => Object.keys(tier.sections)))];
  const strange = priced.filter((section) => !sections.has(section));
  if (strange.length > 0) {
    const refusal = refusedFields({ [field]: { code: "other-room", sections: strange.join(", ") } });
    if (refusal) throw refusal;
  }
}

function rowOf(
  { random }: Parts,
  { sellerId }: By,
  input: ScheduleInput,
  venueNumber: number,
  auditorium: OwnedAuditorium,
  strandRule: number,
  showing: PlannedShowing,
): ShowingRow {
  return {
    id: newShowingId(venueNumber, showing.date, random),
    seller_id: sellerId,
    show_id: input.showId,
    auditorium_id: auditorium.id,
    seat_map_id: auditorium.seat_map_id,
    starts_at: showing.startsAt,
    ends_at: showing.endsAt,
    price_list_id: input.priceListId,
    strand_rule: strandRule,
    status: input.publish ? "published" : "draft",
    formats: JSON.stringify(inOrder(input.formats ?? [])),
  };
}

interface ExistingSlot {
  showingId: string;
  showId: string;
  startsAt: number;
  endsAt: number;
}

export function slotsOf(rows: readonly ShowingRow[]): ExistingSlot[] {
  return rows.map((row) => ({
    showingId: row.id,
    showId: row.show_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }));
}

/** The clashes with the titles of what is in the way. */
export async function namedClashes(
  { lists }: Parts,
  sellerId: string,
  planned: readonly PlannedShowing[],
  existing: readonly ShowingRow[],
  turnaroundMinutes: number,
  show: ShowRow,
  timeZone: string,
): Promise<Clash[]> {
  const found = findClashes(planned, slotsOf(existing), turnaroundMinutes * 60_000);
  const titles = new Map([[show.id, show.title]]);
  const clashes: Clash[] = [];
  for (const { wanted, with: other } of found) {
    const { startsAt, endsAt } = other;
    const showId = "showId" in other ? other.showId : show.id;
    if (!titles.has(showId)) titles.set(showId, (await lists.show(sellerId, showId))?.title ?? "another show");
    clashes.push({
      date: dateAt(wanted.startsAt, timeZone),
      time: timeAt(wanted.startsAt, timeZone),
      startsAt: wanted.startsAt,
      with: {
        ...("showingId" in other ? { showingId: other.showingId } : {}),
        showId,
        title: titles.get(showId) ?? "another show",
        startsAt,
        endsAt,
      },
    });
  }
  return clashes;
}

/** `schedule_clash`, with every clash in `clashes`. */
export function clashRefusal(clashes: readonly Clash[]): Refusal {
  const [first] = clashes;
  const { date = "", time = "" } = first ?? {};
  const fault: Fault = { code: "clash", date, time, title: first?.with.title ?? "", more: clashes.length - 1 };
  return refusedFor("schedule_clash", fault, {
    clashes: clashes.map(({ startsAt, with: other, ...rest }) => ({
      ...rest,
      startsAt: rfc3339(startsAt),
      with: { ...other, startsAt: rfc3339(other.startsAt), endsAt: rfc3339(other.endsAt) },
    })),
  });
}

function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
