// What the dashboard's address asks for: which days, of which show and venue, and what the chart shows of them.

import { addDays } from "../../../catalogue/authoring/venue-clock.ts";
import { countDays, mostDays, type Days } from "../../../sales/overview/days.ts";
import type { Seats } from "../../../sales/overview/overview.ts";
import { withQuery } from "../../addresses.ts";
import type { FormState, FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { isDay } from "../../times.ts";

export const periods = ["day", "week", "month", "custom"] as const;
export type PeriodName = (typeof periods)[number];
export const measures = ["net", "tickets", "orders"] as const;
export type Measure = (typeof measures)[number];

/** Days up to today that have a name. */
const namedDays = { day: 1, week: 7, month: 30 } as const;

export interface Choice {
  period: PeriodName;
  days: Days;
  showId?: string;
  venueId?: string;
  measure: Measure;
  /** Beside as many days before. */
  compare: boolean;
  seats: Seats;
}

/** What an address asks for, and the form of its days with what is wrong with them. Wrong days are as good as none. */
export function readChoice(
  values: FormValues,
  today: string,
  known: { isShow(id: string): boolean; isVenue(id: string): boolean },
): { choice: Choice; form: FormState } {
  const period = periods.find((name) => name === values.text("period", 10)) ?? "week";
  const errors = period === "custom" ? faultsOf(values, today) : {};
  const whole = period === "custom" && Object.keys(errors).length === 0;
  const [showId, venueId] = [values.text("show", 64), values.text("venue", 64)];
  const choice: Choice = {
    period,
    days: whole
      ? { from: values.text("from", 10), to: values.text("to", 10) }
      : { from: addDays(today, 1 - namedDays[period === "custom" ? "week" : period]), to: today },
    ...(known.isShow(showId) ? { showId } : {}),
    ...(known.isVenue(venueId) ? { venueId } : {}),
    measure: measures.find((name) => name === values.text("measure", 10)) ?? "net",
    compare: values.text("before", 3) !== "no",
    seats: values.text("seats", 5) === "past" ? "past" : "ahead",
  };
  return { choice, form: { values, errors } };
}

/** Every field that is wrong, at once. */
function faultsOf(values: FormValues, today: string): Record<string, string> {
  const texts = t.dashboard.filters;
  const [from, to] = [values.text("from", 10), values.text("to", 10)];
  const errors: Record<string, string> = {};
  if (!isDay(from)) errors["from"] = texts.noDay;
  else if (from > today) errors["from"] = texts.notAhead;
  if (!isDay(to)) errors["to"] = texts.noDay;
  else if (to > today) errors["to"] = texts.notAhead;
  else if (isDay(from) && to < from) errors["to"] = texts.notBefore;
  else if (isDay(from) && countDays({ from, to }) > mostDays) errors["to"] = texts.tooMany(mostDays);
  return errors;
}

/** A choice as it stands in an address, with what is usual left out. */
export function queryOf({ period, days, showId, venueId, measure, compare, seats }: Choice): Record<string, string> {
  return {
    ...(period === "week" ? {} : { period }),
    ...(period === "custom" ? days : {}),
    ...(showId === undefined ? {} : { show: showId }),
    ...(venueId === undefined ? {} : { venue: venueId }),
    ...(measure === "net" ? {} : { measure }),
    ...(compare ? {} : { before: "no" }),
    ...(seats === "ahead" ? {} : { seats }),
  };
}

/** The dashboard's address after a change of the choice. */
export function dashboardAddress(base: string, choice: Choice, change: Partial<Choice> = {}): string {
  return withQuery(base, queryOf({ ...choice, ...change }));
}
