// The filters of the list of shows: read from an address, and written into those of its links.

import type { Catalogue, ListOrder, ListQuery } from "../catalogue/model.ts";
import { withQuery } from "./addresses.ts";
import type { FormValues } from "./form-values.ts";
import { isDay } from "./times.ts";
import { whereOf, type Where } from "./where.ts";

/** The filters of an address, made normal: what does not parse is left out. */
export interface Filters {
  where: Where;
  on?: string;
  after?: string;
  before?: string;
  kind?: "film" | "event";
  genre?: string;
  text?: string;
  sort: ListOrder;
  page: number;
}

/** What links change; undefined takes a filter away. */
export type FilterChange = { [Name in keyof Omit<Filters, "where">]?: Filters[Name] | undefined };

/** Parts of a day in one tap, by the venue's clock. */
export const partsOfDay = [
  { name: "morning", before: "12:00" },
  { name: "afternoon", after: "12:00", before: "17:00" },
  { name: "evening", after: "17:00", before: "21:00" },
  { name: "late", after: "21:00" },
] as const satisfies readonly { name: string; after?: string; before?: string }[];

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** `kept` is the place of the reader's cookie. */
export function readFilters(
  values: FormValues,
  catalogue: Pick<Catalogue, "findPlaces" | "placeNear">,
  kept: string | undefined,
): Filters {
  const where = whereOf(values, catalogue, kept);
  const [on, after, before, kind] = [
    values.text("on"),
    values.text("after"),
    values.text("before"),
    values.text("kind"),
  ];
  const genre = values.text("genre", 60);
  const text = values.text("q", 100);
  return {
    where,
    ...(isDay(on) ? { on } : {}),
    ...(clockTime.test(after) ? { after } : {}),
    ...(clockTime.test(before) ? { before } : {}),
    ...(kind === "film" || kind === "event" ? { kind } : {}),
    ...(genre ? { genre } : {}),
    ...(text ? { text } : {}),
    sort: readOrder(values.text("sort"), where),
    page: values.whole("page", 1, 1_000) ?? 1,
  };
}

function readOrder(sort: string, where: Where): ListOrder {
  if (sort === "soonest" || sort === "popular") return sort;
  if (sort === "closest" && where.position) return sort;
  return usualOrder(where);
}

function usualOrder(where: Where): ListOrder {
  return where.position ? "soonest" : "popular";
}

/** Whoever looks for a title, or for concerts, without naming a day wants to know when it comes. */
export function isForAnyDay({ on, text, kind }: Filters): boolean {
  return on === undefined && (text !== undefined || kind === "event");
}

/** What the catalogue is asked. */
export function listQuery(filters: Filters, now: number): ListQuery {
  const { where, on, after, before, kind, genre, text, sort } = filters;
  return {
    ...(where.position ? { near: where.position } : {}),
    ...(on ? { on } : {}),
    ...(isForAnyDay(filters) ? { orLater: true } : {}),
    ...(after ? { after } : {}),
    ...(before ? { before } : {}),
    ...(kind ? { kind } : {}),
    ...(genre ? { genre } : {}),
    ...(text ? { text } : {}),
    sort,
    now,
  };
}

/** The fields of the list's address, without what is usual. A changed filter leads to its first page. */
export function fieldsOf(filters: Filters, change: FilterChange = {}): Readonly<Record<string, string | undefined>> {
  const { where, page, sort, text, ...rest } = { ...filters, ...("page" in change ? {} : { page: 1 }), ...change };
  return {
    ...where.query,
    ...rest,
    q: text,
    sort: sort === usualOrder(where) ? undefined : sort,
    page: page === undefined || page === 1 ? undefined : String(page),
  };
}

/** The list's address with some filters changed. */
export function listAddress(filters: Filters, change: FilterChange = {}): string {
  return withQuery("/", fieldsOf(filters, change));
}
