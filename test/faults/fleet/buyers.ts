// Clients who buy from a small house, so that they get in each other's way: they choose the same seats, pay in good and bad
// ways, give orders back when the house is full, and have some tickets scanned. Each keeps a diary.

import { setTimeout as wait } from "node:timers/promises";
import type { Shop } from "../../app/setting.ts";
import { seededRandom } from "../../seed.ts";
import { Client } from "./client.ts";
import { openDiary, type Diary } from "./diary.ts";

export interface BuyersSettings {
  url: string;
  shop: Shop;
  seats: readonly string[];
  /** Where the diaries lie. */
  folder: string;
  count: number;
  seed: number;
  /** Between two visits of one of them, in ms. */
  pauseMs: number;
}

/** What they do besides buying. */
export interface Habits {
  /** Give orders back while they buy. */
  giveBack: boolean;
  scan: boolean;
}

export interface Buyers {
  go(habits: Habits): void;
  /** Everybody gives back what they have. */
  clear(): Promise<void>;
  /** Settles when everybody has done what they were at. Throws what one of them could not bear. */
  pause(): Promise<void>;
  /** Settles when so many more orders were confirmed, and refunds if they give back; throws what a buyer could not bear, or if that takes too long. */
  more(orders: number, refunds?: number): Promise<void>;
  confirmed(): number;
}

const moreWithinMs = 90_000;
const tokens = [
  ...Array.from({ length: 26 }, () => "tok_approve"),
  "tok_decline",
  "tok_insufficient_funds",
  "tok_timeout_then_approved",
  "tok_timeout_then_declined",
];

interface Bought {
  orderId: string;
  key: string;
  lines: readonly { seat: string; totalMinor: number }[];
}

interface Hold {
  id: string;
  lines: readonly { seat: string; totalMinor: number }[];
  code?: string;
}

interface Order {
  status: string;
  code?: string;
  key?: string;
  totalMinor: number;
  tickets: readonly { seat: string }[];
}

class Buyer {
  private readonly settings: BuyersSettings;
  private readonly note: Diary;
  private readonly random: () => number;
  private readonly seller: Client;
  private readonly mine: Bought[] = [];

  constructor(settings: BuyersSettings, index: number, seller: Client) {
    this.settings = settings;
    this.note = openDiary(settings.folder, `buyer-${index}`);
    this.random = seededRandom(settings.seed + index);
    this.seller = seller;
  }

  private any<T>(choice: readonly T[]): T {
    return choice[Math.floor(this.random() * choice.length)] as T;
  }

  /** Tries to buy once, perhaps gives something back before; answers how many orders and refunds were confirmed. */
  async visit({ giveBack, scan }: Habits): Promise<{ orders: number; refunds: number }> {
    const { shop, url } = this.settings;
    const jar = new Client(url);
    let refunds = giveBack && this.random() < 0.2 ? await this.giveBack() : 0;
    const showingId = this.any(shop.showingIds);
    const hold = await jar.ask<Hold>("POST", `/api/v1/showings/${showingId}/holds`, this.wish(), {
      "idempotency-key": crypto.randomUUID(),
    });
    if (hold.status !== 201) {
      if (giveBack && this.random() < 0.5) refunds += await this.giveBack();
      return { orders: 0, refunds };
    }
    const bought = await this.pay(jar, showingId, hold.body);
    if (bought && scan && this.random() < 0.2) await this.scan(jar, bought);
    return { orders: bought ? 1 : 0, refunds };
  }

  private wish(): object {
    if (this.random() < 0.5) return { bestAvailable: { quantity: this.any([1, 2, 3]) } };
    return { seats: [this.any(this.settings.seats)] };
  }

  private async pay(jar: Client, showingId: string, hold: Hold): Promise<Bought | undefined> {
    const orderId = crypto.randomUUID();
    const seats = hold.lines.map(({ seat }) => seat);
    this.note({ what: "asks-order", orderId, holdId: hold.id, showingId, seats });
    const body = {
      id: orderId,
      holdId: hold.id,
      buyer: { email: "ada@example.org", name: "Ada" },
      payment: { provider: "sandbox", token: this.any(tokens) },
    };
    for (;;) {
      const { status, body: order } = await jar.ask<Order>("POST", "/api/v1/orders", body);
      const told = { what: "told-order", orderId, status } as const;
      if (status !== 201 && status !== 202) {
        this.note({ ...told, outcome: order.code ?? "", seats: [], totalMinor: 0, key: "" });
        if (order.code === "payment_declined") await jar.ask("DELETE", `/api/v1/holds/${hold.id}`);
        return undefined;
      }
      const key = order.key ?? "";
      this.note({
        ...told,
        outcome: order.status,
        seats: order.tickets.map(({ seat }) => seat),
        totalMinor: order.totalMinor,
        key,
      });
      if (status === 201) {
        const bought = { orderId, key, lines: hold.lines };
        this.mine.push(bought);
        return bought;
      }
      await wait(100);
    }
  }

  async clear(): Promise<void> {
    while (this.mine.length > 0) await this.giveBack();
  }

  /** Has the seller take back the oldest order, or its first seat; answers how many refunds were confirmed. */
  private async giveBack(): Promise<number> {
    const order = this.mine.shift();
    if (!order) return 0;
    const lines = this.random() < 0.7 ? order.lines : order.lines.slice(0, 1);
    const seats = lines.map(({ seat }) => seat);
    const amountMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
    const refundId = crypto.randomUUID();
    const { orderId } = order;
    this.note({ what: "asks-refund", orderId, refundId, seats, amountMinor });
    const path = `/api/v1/sellers/${this.settings.shop.sellerId}/orders/${orderId}/refunds`;
    const answer = await this.seller.ask<Order>("POST", path, { id: refundId, seats, reason: "ill" });
    const { status, body } = answer;
    this.note({ what: "told-refund", orderId, refundId, status, outcome: body.code ?? body.status });
    return status === 200 ? 1 : 0;
  }

  private async scan(jar: Client, { orderId, key }: Bought): Promise<void> {
    const path = `/api/v1/orders/${orderId}/tickets?key=${key}`;
    const { body } = await jar.ask<{ items?: { token: string; seat: string }[] }>("GET", path);
    const [ticket] = body.items ?? [];
    if (!ticket) return;
    for (const gate of ["north", "south"]) {
      const scanned = await this.seller.ask<{ code?: string }>("POST", "/api/v1/scans", { token: ticket.token, gate });
      const { status } = scanned;
      const outcome = scanned.body.code ?? "admitted";
      this.note({ what: "told-scan", orderId, seat: ticket.seat, status, outcome });
    }
  }
}

/** They wait until they are told to go. */
export async function gatherBuyers(settings: BuyersSettings): Promise<Buyers> {
  const seller = new Client(settings.url);
  const { status } = await seller.ask("POST", "/api/v1/session", {
    email: settings.shop.email,
    password: "velvet rope 1927",
  });
  if (status >= 300) throw new Error(`the seller cannot sign in: ${status}`);
  const people = Array.from({ length: settings.count }, (_, index) => new Buyer(settings, index, seller));
  const faults: unknown[] = [];
  const done = { orders: 0, refunds: 0 };
  let givesBack = false;
  let going = new AbortController();
  let busy: Promise<unknown> = Promise.resolve();
  let look = () => {};

  async function live(buyer: Buyer, habits: Habits, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const { orders, refunds } = await buyer.visit(habits);
      done.orders += orders;
      done.refunds += refunds;
      look();
      await wait(settings.pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return {
    go(habits) {
      going = new AbortController();
      givesBack = habits.giveBack;
      const { signal } = going;
      busy = Promise.all(
        people.map((buyer) =>
          live(buyer, habits, signal).catch((fault: unknown) => {
            faults.push(fault);
            look();
          }),
        ),
      );
    },
    clear: async () => void (await Promise.all(people.map((buyer) => buyer.clear()))),
    async pause() {
      going.abort();
      await busy;
      if (faults.length > 0) throw faults.splice(0)[0];
    },
    async more(orders, refunds = 0) {
      const goal = { orders: done.orders + orders, refunds: done.refunds + (givesBack ? refunds : 0) };
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const late = setTimeout(() => {
        const missing = `${goal.orders - done.orders} of ${orders} orders and ${goal.refunds - done.refunds} of ${refunds} refunds`;
        reject(new Error(`${missing} were missing after ${moreWithinMs} ms`));
      }, moreWithinMs);
      look = () => {
        if (faults.length > 0) reject(faults[0]);
        else if (done.orders >= goal.orders && done.refunds >= goal.refunds) resolve();
      };
      look();
      await promise.finally(() => clearTimeout(late));
    },
    confirmed: () => done.orders,
  };
}
