// What a seller sold: totals by day, show, venue or showing, and the same as CSV.

import { Readable } from "node:stream";
import { Type } from "typebox";
import { dateAt } from "../../catalogue/authoring/venue-clock.ts";
import { currencyDigits } from "../../domain/money.ts";
import { netOf, sumOf } from "../../sales/overview/overview.ts";
import type { SalesFilter } from "../../store/report-terms.ts";
import type { SellerReports, Totals } from "../../store/seller-reports.ts";
import { csvAmount, csvLine } from "../csv.ts";
import { neverCached } from "../private.ts";
import type { Server } from "../server.ts";
import { filterOf, orderFilters } from "./seller-orders.ts";
import {
  base,
  Cursor,
  Day,
  Id,
  Instant,
  Limit,
  Minor,
  periodOf,
  rfc3339,
  SellerParams,
  shape,
  TimeZone,
} from "./seller-schemas.ts";
import type { SellerServices } from "./seller-schemas.ts";

const mostDays = 366;
/** By show and by venue every showing of the period is counted. */
const mostDaysByShow = 31;
const query = {
  by: Type.Union([Type.Literal("day"), Type.Literal("show"), Type.Literal("venue"), Type.Literal("showing")]),
  of: Type.Optional(
    Type.Union([Type.Literal("showings"), Type.Literal("orders")], {
      description: "Whether the days are those on which showings start, or those on which orders were placed",
    }),
  ),
  from: Day,
  to: Day,
  timeZone: Type.Optional(TimeZone),
  showId: Type.Optional(Id),
  venueId: Type.Optional(Id),
};
const Line = shape({
  key: Type.String({ description: "The day, or the id of the show, venue or showing" }),
  title: Type.Optional(Type.String()),
  startsAt: Type.Optional(Instant),
  orders: Type.Integer(),
  tickets: Type.Integer({ description: "Tickets that are still valid" }),
  grossMinor: Minor,
  refundedMinor: Minor,
  netMinor: Type.Integer(),
  capacity: Type.Optional(Type.Integer()),
  occupancyPercent: Type.Optional(Type.Number()),
});
const Report = shape({
  currency: Type.String(),
  items: Type.Array(Line),
  total: shape({
    orders: Type.Integer(),
    tickets: Type.Integer(),
    grossMinor: Minor,
    refundedMinor: Minor,
    netMinor: Type.Integer(),
  }),
  next: Type.Optional(Type.String()),
});

/** One line of a report. */
interface SalesLine extends Totals {
  key: string;
  title?: string;
  startsAt?: number;
  capacity?: number;
}

interface ReportQuery extends SalesFilter {
  sellerId: string;
  by: "day" | "show" | "venue" | "showing";
  of?: "showings" | "orders";
  from: string;
  to: string;
  timeZone: string;
}

export function addSellerSalesRoutes(server: Server, { reports, accounts, visitors }: SellerServices): void {
  const tags = ["Selling: sales"];
  const description =
    "By day: what was sold on each day. By show, venue and showing: all sales of the showings that start on these days, with how full " +
    "they are; or, `of=orders`, what was sold on these days, whenever it starts, highest gross first.";

  server.get(
    `${base}/sales`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Tickets and money by day, show, venue or showing",
        description,
        params: SellerParams,
        querystring: shape({ ...query, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
        response: { 200: Report },
      },
    },
    async (request) => {
      const { sellerId } = request.params;
      await visitors.member(request, "sales", sellerId);
      const { limit = 100, cursor, timeZone = "UTC", ...rest } = request.query;
      const wanted = { sellerId, timeZone, ...rest };
      const { items, next } = await linesOf(reports, wanted, { limit, ...(cursor === undefined ? {} : { cursor }) });
      const { currency } = await accounts.seller(sellerId);
      return { currency, items: items.map(lineAnswer), total: totalAnswer(items), ...(next ? { next } : {}) };
    },
  );
  server.get(
    `${base}/sales.csv`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "The same as CSV",
        description,
        produces: ["text/csv"],
        params: SellerParams,
        querystring: shape(query),
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      await visitors.member(request, "sales", sellerId);
      const { timeZone = "UTC", ...rest } = request.query;
      const { currency } = await accounts.seller(sellerId);
      periodOf(rest, timeZone, daysOf(rest));
      const lines = salesCsv(reports, { sellerId, timeZone, ...rest }, currency);
      return csvFile(reply, `sales-${rest.from}-${rest.to}.csv`, lines);
    },
  );
  server.get(
    `${base}/orders.csv`,
    {
      onRequest: neverCached,
      schema: {
        tags: ["Selling: orders"],
        summary: "Orders as CSV",
        produces: ["text/csv"],
        params: SellerParams,
        querystring: shape(orderFilters),
      },
    },
    async (request, reply) => {
      const { sellerId } = request.params;
      await visitors.member(request, "orders", sellerId);
      return csvFile(reply, "orders.csv", ordersCsv(reports, { sellerId, ...filterOf(request.query) }));
    },
  );
}

/** A file to be saved, sent line by line as it is read. */
function csvFile(reply: { header(name: string, value: string): unknown }, name: string, lines: AsyncIterable<string>) {
  reply.header("content-type", "text/csv; charset=utf-8; header=present");
  reply.header("content-disposition", `attachment; filename="${name}"`);
  return Readable.from(lines);
}

async function linesOf(
  reports: SellerReports,
  wanted: ReportQuery,
  page: { limit: number; cursor?: string },
): Promise<{ items: SalesLine[]; next?: string }> {
  const { sellerId, by, of, timeZone, from: _, to: __, ...filter } = wanted;
  const period = periodOf(wanted, timeZone, daysOf(wanted));
  if (by === "day") return { items: byDay(await reports.quarters(sellerId, period, filter), timeZone) };
  if (of === "orders") {
    const { items, next } = await reports.sold(sellerId, period, by, { ...page, ...filter });
    return { items: items.map(({ venueId: _venueId, ...line }) => line), ...(next ? { next } : {}) };
  }
  if (by === "showing") {
    const found = await reports.byShowing(sellerId, period, { ...page, ...filter });
    return { ...found, items: found.items.map(({ showingId: key, ...line }) => ({ ...line, key })) };
  }
  if (by === "show") {
    return {
      items: (await reports.byShow(sellerId, period, filter)).map(({ showId: key, ...line }) => ({ ...line, key })),
    };
  }
  const venues = await reports.byVenue(sellerId, period, filter);
  return { items: venues.map(({ venueId: key, name: title, ...line }) => ({ ...line, key, title })) };
}

function daysOf({ by, of }: Pick<ReportQuery, "by" | "of">): number {
  return of !== "orders" && (by === "show" || by === "venue") ? mostDaysByShow : mostDays;
}

/** Sums quarters of an hour to days on a clock. */
function byDay(quarters: readonly (Totals & { at: number })[], timeZone: string): SalesLine[] {
  const days = Map.groupBy(quarters, ({ at }) => dateAt(at, timeZone));
  return [...days].map(([key, some]) => ({ key, ...sumOf(some) })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function lineAnswer({ key, title, startsAt, capacity, ...totals }: SalesLine) {
  const { orders, tickets, grossMinor, refundedMinor } = totals;
  return {
    key,
    ...(title === undefined ? {} : { title }),
    ...(startsAt === undefined ? {} : { startsAt: rfc3339(startsAt) }),
    orders,
    tickets,
    grossMinor,
    refundedMinor,
    netMinor: netOf(totals),
    ...(capacity === undefined ? {} : { capacity, occupancyPercent: percent(tickets, capacity) }),
  };
}

function percent(tickets: number, capacity: number): number {
  return capacity === 0 ? 0 : Math.round((tickets / capacity) * 1_000) / 10;
}

function totalAnswer(items: readonly SalesLine[]) {
  const sum = sumOf(items);
  return { ...sum, netMinor: netOf(sum) };
}

async function* salesCsv(reports: SellerReports, wanted: ReportQuery, currency: string): AsyncGenerator<string> {
  const digits = currencyDigits(currency);
  const head = ["title", "starts_at", "orders", "tickets", "capacity", "occupancy_percent"];
  yield csvLine([wanted.by, ...head, "gross", "refunded", "net", "currency"]);
  let cursor: string | undefined;
  do {
    const page = await linesOf(reports, wanted, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const item of page.items) {
      const line = lineAnswer(item);
      yield csvLine([
        line.key,
        line.title ?? "",
        line.startsAt ?? "",
        line.orders,
        line.tickets,
        line.capacity ?? "",
        line.occupancyPercent ?? "",
        csvAmount(line.grossMinor, digits),
        csvAmount(line.refundedMinor, digits),
        csvAmount(line.netMinor, digits),
        currency,
      ]);
    }
    cursor = page.next;
  } while (cursor !== undefined);
}

async function* ordersCsv(
  reports: SellerReports,
  search: Omit<Parameters<SellerReports["orders"]>[0], "limit" | "cursor">,
): AsyncGenerator<string> {
  const money = ["total", "refunded", "net", "currency"];
  yield csvLine(["order", "placed_at", "status", "name", "email", "title", "showing", "starts_at", ...money]);
  let cursor: string | undefined;
  do {
    const page = await reports.orders({ ...search, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const order of page.items) {
      const digits = currencyDigits(order.currency);
      yield csvLine([
        order.id,
        rfc3339(order.placedAt),
        order.status,
        order.name,
        order.email,
        order.title,
        order.showingId,
        rfc3339(order.startsAt),
        csvAmount(order.totalMinor, digits),
        csvAmount(order.refundedMinor, digits),
        csvAmount(order.totalMinor - order.refundedMinor, digits),
        order.currency,
      ]);
    }
    cursor = page.next;
  } while (cursor !== undefined);
}
