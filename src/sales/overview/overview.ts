// What a seller sees at a glance: sales of some days beside the days before, by show, venue and showing; how full the showings
// are by weekday and hour; what comes next. Computed from reports alone, so it says when it was.

import { addDays, dateAt } from "../../catalogue/authoring/venue-clock.ts";
import type { Period, SalesFilter } from "../../store/report-terms.ts";
import type {
  Fullness,
  SellerReports,
  ShowingTotals,
  ShowTotals,
  SoldTotals,
  Totals,
} from "../../store/seller-reports.ts";
import { daysBefore, sameTimeBefore, spanOf, type Days, type Span } from "./days.ts";

/** Which showings the fullness is of: those of the next seven days, or of the last four weeks. */
export type Seats = "ahead" | "past";

export interface OverviewWanted {
  sellerId: string;
  /** Whose days. Fullness is by each venue's own clock. */
  timeZone: string;
  days: Days;
  filter: SalesFilter;
  seats: Seats;
}

/** One step of the chart. What lies ahead has no figures of its own yet. */
export interface Step extends Period {
  now?: Totals;
  before?: Totals;
}

/** Showings that start on this weekday (1 Monday to 7 Sunday) in this hour. */
export interface HeatCell extends Fullness {
  weekday: number;
  hour: number;
}

export interface Overview {
  /** When it was computed. */
  asOf: number;
  span: Span;
  before: Span;
  /** Of the days; and of the days before, until the same time. */
  total: Totals;
  totalBefore: Totals;
  steps: readonly Step[];
  /** Today until now, and yesterday until the same time. */
  today: { now: Totals; before: Totals };
  /** Sold in these days, highest gross first. */
  shows: readonly SoldTotals[];
  venues: readonly SoldTotals[];
  showings: readonly SoldTotals[];
  seats: Seats;
  heat: readonly HeatCell[];
  /** By the venue's date. */
  fullDays: readonly (Fullness & { day: string })[];
  /** On sale for the next seven days, the emptiest first. */
  slowest: readonly ShowTotals[];
  /** The next showings; `more` if there are others. */
  coming: readonly ShowingTotals[];
  more: boolean;
}

const bestOf = { show: 8, venue: 6, showing: 6 } as const;
const slowestOf = 5;
const comingOf = 10;
const daysAhead = 7;
const daysPast = 28;
/** Nothing is scheduled further ahead. */
const horizonMs = 800 * 86_400_000;
export const none: Totals = { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };

/** What is left after refunds. */
export function netOf({ grossMinor, refundedMinor }: Totals): number {
  return grossMinor - refundedMinor;
}

/** Throws RangeError for days or a time zone that are none. */
export async function readOverview(reports: SellerReports, wanted: OverviewWanted, now: number): Promise<Overview> {
  const { sellerId, timeZone, days, filter, seats } = wanted;
  const span = spanOf(days, timeZone);
  const before = spanOf(daysBefore(days), timeZone);
  const quarters = (period: Period) => reports.quarters(sellerId, period, filter);
  const [series, seriesBefore, untilThen] = await Promise.all([
    quarters(span),
    quarters(before),
    quarters({ from: before.from, until: sameTimeBefore(span, now) }),
  ]);
  const best = async (by: keyof typeof bestOf) =>
    (await reports.sold(sellerId, span, by, { ...filter, limit: bestOf[by] })).items;
  const today = dateAt(now, timeZone);
  const begin = (day: string) => spanOf({ from: day, to: day }, timeZone).from;
  const ahead = { from: now, until: begin(addDays(today, daysAhead)) };
  const past = { from: begin(addDays(today, -daysPast)), until: begin(today) };
  const starts = await reports.byStart(sellerId, seats === "ahead" ? ahead : past, filter);
  const coming = await reports.byShowing(
    sellerId,
    { from: now, until: now + horizonMs },
    { ...filter, limit: comingOf },
  );
  return {
    asOf: now,
    span,
    before,
    total: sumOf(series),
    totalBefore: sumOf(untilThen),
    steps: stepsOf(span, before, { series, seriesBefore }, now),
    today: await readToday(quarters, today, timeZone, now),
    shows: await best("show"),
    venues: await best("venue"),
    showings: await best("showing"),
    seats,
    heat: heatOf(starts),
    fullDays: fullDaysOf(starts),
    slowest: emptiest(await reports.byShow(sellerId, ahead, filter)),
    coming: coming.items.filter(({ status }) => status === "published"),
    more: coming.next !== undefined,
  };
}

type Quarter = Totals & { at: number };

async function readToday(
  quarters: (period: Period) => Promise<readonly Quarter[]>,
  today: string,
  timeZone: string,
  now: number,
): Promise<Overview["today"]> {
  const span = spanOf({ from: today, to: today }, timeZone);
  const { from } = spanOf(daysBefore(span.days), timeZone);
  return {
    now: sumOf(await quarters(span)),
    before: sumOf(await quarters({ from, until: sameTimeBefore(span, now) })),
  };
}

/** All of them together. */
export function sumOf(some: readonly Totals[]): Totals {
  return some.reduce<Totals>(
    (sum, one) => ({
      orders: sum.orders + one.orders,
      tickets: sum.tickets + one.tickets,
      grossMinor: sum.grossMinor + one.grossMinor,
      refundedMinor: sum.refundedMinor + one.refundedMinor,
    }),
    none,
  );
}

/** The steps of a span beside those of the one before, in their order: a clock's change leaves one without a fellow. */
function stepsOf(
  span: Span,
  before: Span,
  quarters: { series: readonly Quarter[]; seriesBefore: readonly Quarter[] },
  now: number,
): Step[] {
  const own = sumsOf(span.steps, quarters.series);
  const others = sumsOf(before.steps, quarters.seriesBefore);
  return span.steps.map((step, index) => ({
    ...step,
    ...(step.from <= now ? { now: own[index] ?? none } : {}),
    ...(others[index] ? { before: others[index] } : {}),
  }));
}

/** Quarters of an hour, ascending, summed to steps, ascending. */
function sumsOf(steps: readonly Period[], quarters: readonly Quarter[]): Totals[] {
  let next = 0;
  return steps.map(({ until }) => {
    const from = next;
    while (next < quarters.length && (quarters[next]?.at ?? until) < until) next += 1;
    return sumOf(quarters.slice(from, next));
  });
}

type Starts = Awaited<ReturnType<SellerReports["byStart"]>>;

function heatOf(starts: Starts): HeatCell[] {
  const cells = new Map<string, HeatCell>();
  for (const { at, timeZone, ...fullness } of starts) {
    const { dayOfWeek: weekday, hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    const key = `${weekday} ${hour}`;
    cells.set(key, { weekday, hour, ...together(cells.get(key), fullness) });
  }
  return [...cells.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

function fullDaysOf(starts: Starts): Overview["fullDays"] {
  const days = new Map<string, Fullness & { day: string }>();
  for (const { at, timeZone, ...fullness } of starts) {
    const day = dateAt(at, timeZone);
    days.set(day, { day, ...together(days.get(day), fullness) });
  }
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** Two fullnesses in one. */
export function together(one: Fullness | undefined, other: Fullness): Fullness {
  return {
    showings: (one?.showings ?? 0) + other.showings,
    capacity: (one?.capacity ?? 0) + other.capacity,
    tickets: (one?.tickets ?? 0) + other.tickets,
  };
}

function emptiest(shows: readonly ShowTotals[]): ShowTotals[] {
  const share = ({ tickets, capacity }: Fullness) => tickets / capacity;
  return shows
    .filter(({ capacity }) => capacity > 0)
    .toSorted((a, b) => share(a) - share(b) || b.capacity - a.capacity)
    .slice(0, slowestOf);
}
