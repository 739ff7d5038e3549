// When a film plays in one auditorium on one day, as its clock shows it.

import type { Seeded } from "./seeded.ts";

/** Minutes after midnight. */
const opens = 9 * 60 + 30;
const lastStart = 22 * 60 + 45;
/** Every film can be seen after work. */
const eveningStart = 19 * 60 + 5;
/** Starts lie on whole five minutes. */
const grain = 5;

/**
 * `count` starts, minutes after midnight, ascending: from 09:30 on, the last between 19:05 and 22:45, evenly spaced with at
 * least `minutes` (the film and what comes after it) between them. Throws RangeError for a film too long for that.
 */
export function filmStarts(chance: Seeded, minutes: number, count: number): readonly number[] {
  const least = Math.ceil(minutes / grain) * grain;
  const most = Math.floor((lastStart - opens) / (count - 1) / grain) * grain;
  if (least > most) throw new RangeError(`${count} showings of ${minutes} minutes do not fit a day`);
  const between = (from: number, to: number) => from + chance.below((to - from) / grain + 1) * grain;
  const gap = between(least, Math.min(most, least + 30));
  const span = gap * (count - 1);
  const first = between(Math.max(opens, eveningStart - span), lastStart - span);
  return Array.from({ length: count }, (_, index) => first + index * gap);
}
