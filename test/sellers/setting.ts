// A server with the seller's routes and pages over a real store, and orders as the worker writes them.

import type { Catalogue, Place } from "../../src/catalogue/model.ts";
import { createResponseCache } from "../../src/http/cached.ts";
import { createVisitors } from "../../src/http/context.ts";
import { accountRoutes } from "../../src/http/routes/accounts.ts";
import { addSellerRoutes } from "../../src/http/routes/seller-routes.ts";
import type { SellerServices } from "../../src/http/routes/seller-schemas.ts";
import { sellerRoutes } from "../../src/http/routes/sellers.ts";
import { createServer } from "../../src/http/server.ts";
import { Refusal } from "../../src/domain/refusals.ts";
import type { OrderView, Sales, ScanAnswer } from "../../src/sales/sales.ts";
import { createOverviews } from "../../src/sales/overview/kept.ts";
import { createSellerReports } from "../../src/store/seller-reports.ts";
import { speakLanguages } from "../../src/web/messages.ts";
import { openWeb } from "../../src/web/open.ts";
import { registerSellerPages } from "../../src/web/register-seller.ts";
import { publicUrl, registered, visitor, type Visitor } from "../accounts/http-setting.ts";
import { start } from "../accounts/setting.ts";
import { openAuthoring } from "../authoring/setting.ts";
import { visitor as pageVisitor } from "../web/fixture.ts";

export type Role = "owner" | "manager" | "box-office" | "scanner";

/** A route of the server, as it was registered. */
export interface Route {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, with its parameters. */
  path: string;
}

export async function openSellers() {
  const setting = await openAuthoring();
  const { accounts, authoring, clock, random, store } = setting;
  const scans = new Map<string, ScanAnswer>();
  const refunds: unknown[] = [];
  const moves: unknown[] = [];
  const mails: string[] = [];
  const orders = new Map<string, OrderView>();
  const order: SellerServices["sales"]["order"] = async (id, { sellerIds = [] }) => {
    const found = orders.get(id);
    if (!found || !sellerIds.includes(found.sellerId)) throw new Refusal("not_found");
    return found;
  };
  const sales: SellerServices["sales"] = {
    order,
    async refund(input) {
      refunds.push(input);
      return { ...(await order(input.orderId, { sellerIds: [input.sellerId] })), refundStatus: "whole" };
    },
    async moveSeats(input) {
      moves.push(input);
      return order(input.orderId, { sellerIds: [input.sellerId] });
    },
    async scan({ token, sellerIds }) {
      const answer = scans.get(token);
      return answer && sellerIds.length > 0
        ? answer
        : { admitted: false, reason: "ticket_invalid", detail: "This is not one of our tickets." };
    },
    orderHistory: async () => [],
    resendTickets: async (orderId) => void mails.push(orderId),
    availability: async () => ({
      version: 0,
      free: 119,
      sections: [{ id: "MAIN", free: 119, held: 0, paying: 0, sold: 0, blocked: 1, admitted: 0 }],
    }),
  };
  const web = await openWeb();
  const plainServer = await createServer({
    logger: false,
    trustProxy: false,
    secure: true,
    writesPerMinute: 0,
    renderRefusal: (request, reply, refusal) => web.renderRefusal(request, reply, refusal),
  });
  const server = Object.assign(plainServer, { accounts });
  const routes: Route[] = [];
  server.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== "HEAD") routes.push({ method: one as Route["method"], path: url.replace("/api/v1", "") });
    }
  });
  const visitors = createVisitors(accounts, { secure: true }, random);
  const catalogue = {
    version: () => 0,
    findPlaces: (text: string) => (/^denver/i.test(text) ? [denver] : []),
    venue: () => undefined,
    show: () => undefined,
    showing: async (id: string) => {
      const row = await store.db
        .selectFrom("showings as s")
        .innerJoin("shows as w", "w.id", "s.show_id")
        .select(["s.status", "s.seat_map_id", "w.seller_id"])
        .where("s.id", "=", id)
        .executeTakeFirst();
      return row && row.status !== "draft" ? { id, sellerId: row.seller_id, seatMapId: row.seat_map_id } : undefined;
    },
    seatMap: (id: string) => authoring.seatMap(id),
  } as unknown as Catalogue;
  const reports = createSellerReports(store);
  addSellerRoutes(server, { authoring, accounts, sales, catalogue, reports, visitors, clock });
  const ownRoutes = [...routes];
  accountRoutes(server, { accounts, visitors });
  sellerRoutes(server, { accounts, visitors, publicUrl });
  const cache = createResponseCache(clock);
  web.assets.register(server, cache);
  speakLanguages(server, { publicUrl: "http://localhost" });
  registerSellerPages(server, {
    web,
    catalogue,
    sales: { ...sales, seatStates: async () => ({ version: 0, states: "bs".padEnd(120, "f") }) } as unknown as Sales,
    accounts,
    authoring,
    reports,
    overviews: createOverviews(reports, clock, () => 0),
    visitors,
    clock,
    random,
    cache,
    publicUrl,
    paymentProvider: "sandbox",
    showsMailedLinks: false,
  });
  return {
    ...setting,
    server,
    /** Those of the seller's side. */
    routes: ownRoutes,
    scans,
    refunds,
    moves,
    mails,
    orders,
    async [Symbol.asyncDispose]() {
      await server.close();
      await setting[Symbol.asyncDispose]();
    },
  };
}

const denver: Place = {
  id: "denver",
  name: "Denver",
  region: "CO",
  country: "US",
  latitude: 39.74,
  longitude: -104.98,
  population: 700_000,
  timeZone: "America/Denver",
};

export type SellersSetting = Awaited<ReturnType<typeof openSellers>>;

/** Somebody who opens a seller account, and the address of it. */
export async function sellerOf({ server }: SellersSetting, name: string) {
  const owner = await registered(server, name);
  const { body } = await owner.send("POST", "/sellers", { name: `${name}'s`, currency: "USD" });
  const sellerId = String(body["id"]);
  return { owner, sellerId, at: `/sellers/${sellerId}` };
}

/** A browser without scripts that is signed in as `person`. */
export function browser(setting: SellersSetting, person: Visitor) {
  const pages = pageVisitor(setting.server);
  const secret = person.secret();
  if (secret !== undefined) pages.cookies.set("__Host-marquee /", { value: secret, path: "/" });
  return pages;
}

/** People of every kind: the seller's members by role, and others. */
export async function everybody(setting: SellersSetting) {
  const { owner, sellerId, at } = await sellerOf(setting, "owner");
  const people = {
    nobody: visitor(setting.server),
    buyer: await registered(setting.server, "buyer"),
    owner,
    manager: await registered(setting.server, "manager"),
    "box-office": await registered(setting.server, "box-office"),
    scanner: await registered(setting.server, "scanner"),
    "other seller": (await sellerOf(setting, "rival")).owner,
  };
  for (const role of ["manager", "box-office", "scanner"] as const) {
    const { body } = await owner.send("POST", `${at}/invitations`, { email: `${role}@example.org`, role });
    const secret = String(body["link"]).split("=")[1];
    await people[role].send("POST", "/invitations/accept", { secret });
  }
  return { people, sellerId, at, by: { sellerId, actor: owner.id } };
}

/** Writes a confirmed order of `seats` at 10.00 each, as the worker does. */
export async function sold(
  { store, clock }: Pick<SellersSetting, "store" | "clock">,
  order: {
    id: string;
    sellerId: string;
    showId: string;
    showingId: string;
    venueId?: string;
    startsAt?: number;
    seats: readonly string[];
    name?: string;
    email?: string;
    placedAt?: number;
    /** So many of the seats were given back. */
    refunded?: number;
  },
): Promise<void> {
  const { id, sellerId, showId, showingId, seats, refunded = 0 } = order;
  const row = {
    id,
    partition: 0,
    sequence: 1,
    showing_id: showingId,
    show_id: showId,
    venue_id: order.venueId ?? "",
    seller_id: sellerId,
    account_id: null,
    email: order.email ?? "bea@example.org",
    name: order.name ?? "Bea",
    fingerprint: "",
    currency: "USD",
    total_minor: 1_000 * seats.length,
    refunded_minor: 1_000 * refunded,
    status: "confirmed" as const,
    reason: "",
    provider: "sandbox",
    payment_id: null,
    starts_at: order.startsAt ?? start,
    placed_at: order.placedAt ?? clock(),
    confirmed_at: clock(),
    intent: "",
  };
  await store.db.insertInto("orders").values(row).execute();
  for (const [index, seat] of seats.entries()) {
    const money = { face_minor: 1_000, fee_minor: 0, tax_minor: 0, total_minor: 1_000 };
    const status = index < refunded ? ("void" as const) : ("active" as const);
    const ticket = {
      order_id: id,
      place: Number(seat.split("-")[1]),
      showing_id: showingId,
      seat,
      section: "MAIN",
      tier: "adult",
      generation: 1,
    };
    await store.db
      .insertInto("tickets")
      .values({ ...ticket, ...money, status, admitted_at: null, gate: null })
      .execute();
  }
}
