// Times as people read them, in the time zone of the venue.

import { t } from "./messages.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(kind: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${t.locale} ${kind} ${timeZone}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(t.locale, { ...options, timeZone })));
  return made;
}

/** `7:30 PM` */
export function timeText(at: number, timeZone: string): string {
  return format("time", timeZone, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** `Sunday, November 22, 2026` */
export function dateText(at: number, timeZone: string): string {
  return format("date", timeZone, { weekday: "long", year: "numeric", month: "long", day: "numeric" }).format(at);
}

/** `Sun, Nov 22, 7:30 PM` */
export function momentText(at: number, timeZone: string): string {
  const options = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return format("moment", timeZone, options).format(at);
}

/** `MST`: the zone's short name at that instant. */
export function zoneText(at: number, timeZone: string): string {
  const parts = format("zone", timeZone, { timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** `English` for `en`. What is no language tag stays as the seller wrote it. */
export function languageText(language: string): string {
  // No wider: Intl throws on tags such as `en-12`, and sellers write this field freely.
  if (!/^[a-z]{2,3}(-[A-Z]{2})?$/.test(language)) return language;
  return new Intl.DisplayNames([t.locale], { type: "language", fallback: "code" }).of(language) ?? language;
}

/** The calendar day of an instant, `YYYY-MM-DD`. */
export function dayOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The clock of an instant, `HH:MM`. */
export function clockOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainTime().toString().slice(0, 5);
}

/** `2026-11-22` + 3 → `2026-11-25` */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whether `text` is a calendar day `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** A calendar day as `{ weekday: "Sun", day: "Nov 22", long: "Sunday, November 22" }`. */
export function dayTexts(day: string): { weekday: string; day: string; long: string } {
  const at = Date.parse(`${day}T12:00:00Z`);
  return {
    weekday: format("weekday", "UTC", { weekday: "short" }).format(at),
    day: format("day", "UTC", { month: "short", day: "numeric" }).format(at),
    long: format("long", "UTC", { weekday: "long", month: "long", day: "numeric" }).format(at),
  };
}

/** `2 h 7 min`, which no line breaks */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && t.times.hours(hours), rest > 0 && t.times.minutes(rest)].filter(Boolean).join("\u00A0");
}

/** `2026-11-22T19:30:00Z`, for `<time datetime>`. */
export function instantText(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
