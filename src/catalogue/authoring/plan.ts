// From "these times, these weekdays, this date range" to instants on the venue's clock.

import { weekdays, type PlannedShowing, type ScheduleInput } from "./authoring.ts";
import { collectFaults } from "./faults.ts";
import { addDays, daysBetween, instantAt, isDate, isTime, weekdayOf } from "./venue-clock.ts";

/** At most so many showings in one call. */
export const mostShowings = 5_000;
const mostDays = 366;

/** The showings that are asked for, by start; those already begun at `now` are only counted. Refuses `invalid_request`. */
export function planShowings(
  input: Pick<ScheduleInput, "times" | "weekdays" | "from" | "to">,
  timeZone: string,
  runningMinutes: number,
  now: number,
): { planned: PlannedShowing[]; over: number } {
  checkRange(input);
  const times = [...new Set(input.times)].toSorted();
  const planned: PlannedShowing[] = [];
  let over = 0;
  for (let date = input.from; date <= input.to; date = addDays(date, 1)) {
    const weekday = weekdays[weekdayOf(date) - 1];
    if (input.weekdays.length > 0 && (!weekday || !input.weekdays.includes(weekday))) continue;
    for (const time of times) {
      const { instant, movedMinutes } = instantAt(date, time, timeZone);
      if (instant <= now) {
        over += 1;
        continue;
      }
      const endsAt = instant + runningMinutes * 60_000;
      planned.push({ date, time, startsAt: instant, endsAt, ...(movedMinutes === undefined ? {} : { movedMinutes }) });
    }
  }
  const faults = collectFaults();
  if (planned.length === 0) {
    faults.add("from", over > 0 ? "All of these times are over." : "No day of this range is one of these weekdays.");
  }
  if (planned.length > mostShowings)
    faults.add("to", `That is ${planned.length} showings; at most ${mostShowings} at once.`);
  faults.refuse();
  return { planned: planned.toSorted((a, b) => a.startsAt - b.startsAt), over };
}

function checkRange(input: Pick<ScheduleInput, "times" | "weekdays" | "from" | "to">): void {
  const faults = collectFaults();
  if (input.times.length === 0) faults.add("times", "Give one time at least, like 19:30.");
  if (input.times.length > 48) faults.add("times", "At most 48 times, please.");
  const odd = input.times.find((time) => !isTime(time));
  if (odd !== undefined) faults.add("times", `“${odd}” is no time; write it like 19:30.`);
  if (!input.weekdays.every((day) => weekdays.includes(day)))
    faults.add("weekdays", "mon, tue, wed, thu, fri, sat, sun.");
  for (const field of ["from", "to"] as const) {
    if (!isDate(input[field])) faults.add(field, "A date like 2026-11-22, please.");
  }
  faults.refuse();
  if (input.to < input.from) faults.add("to", "The last day comes before the first.");
  else if (daysBetween(input.from, input.to) >= mostDays) faults.add("to", `At most ${mostDays} days, please.`);
  faults.refuse();
}
