// Dates and times as a venue's clock shows them. Instants are milliseconds since 1970.

/** The date at the venue, `YYYY-MM-DD`. */
export function dateAt(instant: number, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** The time at the venue, `HH:MM`. */
export function timeAt(instant: number, timeZone: string): string {
  return zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: "minute" });
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/**
 * The instant at which the venue's clock shows `time` (`HH:MM`) on `date`. Where the clock skips that time (put forward in
 * spring) it is as much later, and `movedMinutes` says so; where it shows that time twice (autumn) it is the first.
 */
export function instantAt(date: string, time: string, timeZone: string): { instant: number; movedMinutes?: number } {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const found = wanted.toZonedDateTime(timeZone, { disambiguation: "compatible" });
  const moved = found.toPlainDateTime().since(wanted).total("minutes");
  return { instant: found.epochMilliseconds, ...(moved === 0 ? {} : { movedMinutes: moved }) };
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** 1 (Monday) to 7. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** Whether the text is a date that exists, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
