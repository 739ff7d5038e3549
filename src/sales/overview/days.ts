// Whole days on a clock, cut into the steps that a chart of them has; and the days before, which they are compared with.

import { addDays, daysBetween } from "../../catalogue/authoring/venue-clock.ts";
import type { Period } from "../../store/report-terms.ts";

/** Calendar days `YYYY-MM-DD`, both included. */
export interface Days {
  from: string;
  to: string;
}

/** So many days at most: a year with its leap day. */
export const mostDays = 366;

/** One day is cut into hours, up to a quarter of a year into days, more into sevens of days. */
export interface Span extends Period {
  days: Days;
  timeZone: string;
  step: "hour" | "day" | "week";
  steps: readonly Period[];
}

const mostSingleDays = 92;

const dateOf = (day: string) => Temporal.PlainDate.from(day);
const beginOf = (date: Temporal.PlainDate, timeZone: string) => date.toZonedDateTime(timeZone).epochMilliseconds;

/** How many days there are. */
export function countDays({ from, to }: Days): number {
  return daysBetween(from, to) + 1;
}

/** As many days that end where these begin. */
export function daysBefore(days: Days): Days {
  return { from: addDays(days.from, -countDays(days)), to: addDays(days.from, -1) };
}

/** Throws RangeError for what is no day or no time zone. */
export function spanOf(days: Days, timeZone: string): Span {
  const [first, end] = [dateOf(days.from), dateOf(days.to).add({ days: 1 })];
  const count = countDays(days);
  const step = count === 1 ? "hour" : count <= mostSingleDays ? "day" : "week";
  const begins = step === "hour" ? hoursOf(first, timeZone) : daysFrom(first, end, step === "day" ? 1 : 7, timeZone);
  const until = beginOf(end, timeZone);
  const steps = begins.map((from, index) => ({ from, until: begins[index + 1] ?? until }));
  return { from: beginOf(first, timeZone), until, days, timeZone, step, steps };
}

/** A day has 23 or 25 hours when its clock is changed. */
function hoursOf(day: Temporal.PlainDate, timeZone: string): number[] {
  const [begin, end] = [beginOf(day, timeZone), beginOf(day.add({ days: 1 }), timeZone)];
  return Array.from({ length: Math.ceil((end - begin) / 3_600_000) }, (_, hour) => begin + hour * 3_600_000);
}

function daysFrom(first: Temporal.PlainDate, end: Temporal.PlainDate, stride: number, timeZone: string): number[] {
  const begins: number[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, end) < 0; date = date.add({ days: stride })) {
    begins.push(beginOf(date, timeZone));
  }
  return begins;
}

/**
 * How much of the days before is comparable with as much as has passed of these: all, or until the same time of the day. Never
 * later than they end.
 */
export function sameTimeBefore(span: Span, now: number): number {
  const days = countDays(span.days);
  const before = Temporal.Instant.fromEpochMilliseconds(Math.min(now, span.until))
    .toZonedDateTimeISO(span.timeZone)
    .subtract({ days });
  return before.epochMilliseconds;
}
