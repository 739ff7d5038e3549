// What a seller sold: totals by day, show or showing, and the same as CSV.

import { Readable } from "node:stream";
import { Type } from "typebox";
import { currencyDigits } from "../../domain/money.ts";
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
/** By show every showing of the period is counted. */
const mostDaysByShow = 31;
const query = {
  by: Type.Union([Type.Literal("day"), Type.Literal("show"), Type.Literal("showing")]),
  from: Day,
  to: Day,
  timeZone: Type.Optional(TimeZone),
  showId: Type.Optional(Id),
};
const Line = shape({
  key: Type.String({ description: "The day, or the id of the show or showing" }),
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

interface ReportQuery {
  sellerId: string;
  by: "day" | "show" | "showing";
  from: string;
  to: string;
  timeZone: string;
  showId?: string;
}

export function addSellerSalesRoutes(server: Server, { reports, accounts, visitors }: SellerServices): void {
  const tags = ["Selling: sales"];
  const description =
    "By day: what was sold on each day. By show and by showing: all sales of the showings that start on these days, with how full they are.";

  server.get(
    `${base}/sales`,
    {
      onRequest: neverCached,
      schema: {
        tags,
        summary: "Tickets and money by day, show or showing",
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
      periodOf(rest, timeZone, rest.by === "show" ? mostDaysByShow : mostDays);
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
  const { sellerId, by, timeZone, showId } = wanted;
  const period = periodOf(wanted, timeZone, by === "show" ? mostDaysByShow : mostDays);
  if (by === "showing") {
    const found = await reports.byShowing(sellerId, period, { ...page, ...(showId === undefined ? {} : { showId }) });
    return { ...found, items: found.items.map(({ showingId: key, ...line }) => ({ ...line, key })) };
  }
  if (by === "show") {
    const found = (await reports.byShow(sellerId, period)).map(({ showId: key, ...line }) => ({ ...line, key }));
    return { items: found.filter((line) => showId === undefined || line.key === showId) };
  }
  return { items: byDay(await reports.quarters(sellerId, period), timeZone) };
}

/** Sums quarters of an hour to days on a clock. */
export function byDay(quarters: readonly (Totals & { at: number })[], timeZone: string): SalesLine[] {
  const days = new Map<string, SalesLine>();
  for (const quarter of quarters) {
    const key = Temporal.Instant.fromEpochMilliseconds(quarter.at)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
      .toString();
    const day = days.get(key) ?? { key, orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };
    days.set(key, add(day, quarter));
  }
  return [...days.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function add<T extends Totals>(sum: T, more: Totals): T {
  return {
    ...sum,
    orders: sum.orders + more.orders,
    tickets: sum.tickets + more.tickets,
    grossMinor: sum.grossMinor + more.grossMinor,
    refundedMinor: sum.refundedMinor + more.refundedMinor,
  };
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
    netMinor: grossMinor - refundedMinor,
    ...(capacity === undefined ? {} : { capacity, occupancyPercent: percent(tickets, capacity) }),
  };
}

function percent(tickets: number, capacity: number): number {
  return capacity === 0 ? 0 : Math.round((tickets / capacity) * 1_000) / 10;
}

function totalAnswer(items: readonly SalesLine[]) {
  const sum = items.reduce<Totals>(add, { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 });
  const { orders, tickets, grossMinor, refundedMinor } = sum;
  return { orders, tickets, grossMinor, refundedMinor, netMinor: grossMinor - refundedMinor };
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
