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
    faults.add("from", { code: over > 0 ? "days-over" : "no-such-days" });
  }
  if (planned.length > mostShowings)
    faults.add("to", { code: "too-many-showings", count: planned.length, max: mostShowings });
  faults.refuse();
  return { planned: planned.toSorted((a, b) => a.startsAt - b.startsAt), over };
}

function checkRange(input: Pick<ScheduleInput, "times" | "weekdays" | "from" | "to">): void {
  const faults = collectFaults();
  if (input.times.length === 0) faults.add("times", { code: "no-times" });
  if (input.times.length > 48) faults.add("times", { code: "too-many", max: 48 });
  const odd = input.times.find((time) => !isTime(time));
  if (odd !== undefined) faults.add("times", { code: "no-time", time: odd });
  if (!input.weekdays.every((day) => weekdays.includes(day))) faults.add("weekdays", { code: "weekdays" });
  for (const field of ["from", "to"] as const) {
    if (!isDate(input[field])) faults.add(field, { code: "date" });
  }
  faults.refuse();
  if (input.to < input.from) faults.add("to", { code: "days-swapped" });
  else if (daysBetween(input.from, input.to) >= mostDays) faults.add("to", { code: "too-many-days", max: mostDays });
  faults.refuse();
}
