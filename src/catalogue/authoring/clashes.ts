// Which showings want one auditorium at the same time.

/** The time a showing takes the auditorium, ms. */
export interface Slot {
  startsAt: number;
  endsAt: number;
}

/**
 * The pairs of slots of which one is wanted and between which there is not `turnaroundMs`: a slot may begin exactly
 * that long after another ends. A pair of two wanted ones is named once, the later one first.
 */
export function findClashes<Wanted extends Slot, Existing extends Slot>(
  wanted: readonly Wanted[],
  existing: readonly Existing[],
  turnaroundMs: number,
): { wanted: Wanted; with: Wanted | Existing }[] {
  type Entry = { slot: Wanted; isWanted: true } | { slot: Existing; isWanted: false };
  const entries: Entry[] = [
    ...existing.map((slot) => ({ slot, isWanted: false as const })),
    ...wanted.map((slot) => ({ slot, isWanted: true as const })),
  ].toSorted((a, b) => a.slot.startsAt - b.slot.startsAt);
  const clashes: { wanted: Wanted; with: Wanted | Existing }[] = [];
  for (const [index, earlier] of entries.entries()) {
    const freeAt = earlier.slot.endsAt + turnaroundMs;
    for (let next = index + 1; next < entries.length; next += 1) {
      const later = entries[next];
      if (!later || later.slot.startsAt >= freeAt) break;
      if (later.isWanted) clashes.push({ wanted: later.slot, with: earlier.slot });
      else if (earlier.isWanted) clashes.push({ wanted: earlier.slot, with: later.slot });
    }
  }
  return clashes;
}
