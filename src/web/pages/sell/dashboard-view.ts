// What the parts of the dashboard are drawn from, and how they write what is in it.

import type { OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import { currencyDigits } from "../../../domain/money.ts";
import { netOf, type Overview } from "../../../sales/overview/overview.ts";
import type { Days } from "../../../sales/overview/days.ts";
import type { Totals } from "../../../store/seller-reports.ts";
import { withQuery } from "../../addresses.ts";
import { t } from "../../messages.ts";
import { moneyText, numberText } from "../../numbers.ts";
import type { Choice, Measure } from "./dashboard-choice.ts";

export interface View {
  /** `/sell/<seller id>` */
  base: string;
  sellerId: string;
  currency: string;
  timeZone: string;
  choice: Choice;
  overview: Overview;
  venues: ReadonlyMap<string, OwnVenue>;
  /** Whether whoever looks may schedule. */
  maySchedule: boolean;
}

/** One of the things that are measured. */
export function measureOf(totals: Totals, measure: Measure): number {
  return measure === "net" ? netOf(totals) : totals[measure];
}

/** A measured thing as people read it. */
export function measureText(value: number, measure: Measure, currency: string): string {
  return measure === "net" ? moneyText(value, currency) : numberText(value);
}

/** `$230,328`: large amounts in lists without what is small of them. */
export function roundMoney(amountMinor: number, currency: string): string {
  const units = 10 ** currencyDigits(currency);
  if (Math.abs(amountMinor) < 1_000 * units) return moneyText(amountMinor, currency);
  const options = { style: "currency", currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(t.locale, options).format(amountMinor / units);
}

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** `Nov 17 – 23, 2026` */
export function daysText({ from, to }: Days): string {
  const options = { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(t.locale, options).formatRange(noon(from), noon(to));
}

/** `Nov 17`, without the year. */
export function dayText(day: string): string {
  return new Intl.DateTimeFormat(t.locale, { month: "short", day: "numeric", timeZone: "UTC" }).format(noon(day));
}

/** `Sun, Nov 22` */
export function weekdayText(day: string): string {
  const options = { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(t.locale, options).format(noon(day));
}

/** `9 AM`, `21 h`: an hour of the day by its number. */
export function hourText(hour: number): string {
  const at = Date.UTC(2026, 0, 1, hour);
  const text = new Intl.DateTimeFormat(t.locale, { hour: "numeric", timeZone: "UTC" }).format(at);
  return /^\d+$/.test(text) ? t.times.hours(hour) : text;
}

/** `Mon`, by its number from 1 (Monday) to 7. */
export function weekdayName(weekday: number): string {
  // January 5 of 2026 is a Monday.
  const at = Date.UTC(2026, 0, 4 + weekday, 12);
  return new Intl.DateTimeFormat(t.locale, { weekday: "short", timeZone: "UTC" }).format(at);
}

/** `7:31:05 PM MST`: when the figures were read. */
export function clockText(at: number, timeZone: string): string {
  const options = { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short", timeZone } as const;
  return new Intl.DateTimeFormat(t.locale, options).format(at);
}

/** The address of these days' sales as CSV: by what, and whether the days are those of the orders or of the showings. */
export function csvAddress(
  { sellerId, timeZone, choice }: View,
  by: "day" | "show" | "venue" | "showing",
  of: "orders" | "showings",
  { from, to }: Days,
): string {
  const filter = { showId: choice.showId, venueId: choice.venueId };
  return withQuery(`/api/v1/sellers/${sellerId}/sales.csv`, { by, of, from, to, timeZone, ...filter });
}
