// Times in documents: on the venue's clock, in the language of the order.

import type { Language } from "../domain/languages.ts";
import { documentTexts } from "./texts.ts";

const kinds = {
  /** `Sunday, November 22, 2026 at 7:30 PM MST` */
  long: {
    weekday: "long",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  },
  /** `Sunday, November 22, 2026` */
  day: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  /** `7:30 PM MST` */
  time: { hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  /** `Sun, Nov 22, 7:30 PM` */
  short: { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant as people write it. Throws RangeError for a time zone that there is not. */
export function documentTime(kind: keyof typeof kinds, at: number, timeZone: string, language: Language): string {
  const key = `${kind} ${timeZone} ${language}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(documentTexts(language).locale, { ...kinds[kind], timeZone });
    formats.set(key, format);
  }
  return format.format(at);
}
