// A small fleet, asked over HTTPS as browsers ask, and buyers who keep what they were told.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { startFleet, type Fleet, type FleetOptions } from "../../deploy/local/fleet.ts";
import { mailedPath } from "../app/mail.ts";
import { openShop, visitor, type Answer, type Place, type Shop, type Visitor } from "../app/setting.ts";

export interface Town {
  fleet: Fleet;
  /** Where people sign up. */
  place: Place;
  shop: Shop;
  /** Asks the fleet as somebody with a cookie jar. */
  visitor(): Visitor;
}

/** Starts a fleet with one cinema that has something on sale. No limits by address: all buyers come from one. */
export async function openTown(options: FleetOptions = {}, template = "arena"): Promise<Town> {
  const settings = { MARQUEE_WRITES_PER_MINUTE: "0", MARQUEE_MAX_SEATS_PER_NETWORK: "0", MARQUEE_DRAIN_MS: "300" };
  const fleet = await startFleet({
    limits: { reads: 100_000, writes: 100_000 },
    ...options,
    settings: { ...settings, ...options.settings },
  });
  try {
    trust(readFileSync(join(fleet.folder, "certificate.pem"), "utf8"));
    const place: Place = {
      url: fleet.url,
      async register(person) {
        await visitor(place).ask("POST", "/api/v1/accounts", person);
        return mailedPath(fleet.folder, "sign-up", person.email);
      },
    };
    return { fleet, place, shop: await openShop(place, template), visitor: () => visitor(place) };
  } catch (error) {
    await fleet.stop();
    throw error;
  }
}

function trust(certificate: string): void {
  setDefaultCACertificates([...getCACertificates("default"), certificate]);
}

/** What a buyer was told of an order. */
export interface Told {
  orderId: string;
  holdId: string;
  status: "confirmed" | "lost";
  key: string;
  seats: readonly string[];
  /** Why requests had to be asked again. */
  retries: readonly string[];
}

/** Answers after which the same request is asked again: nobody answered, or not now. */
const againStatus = new Set([500, 502, 503, 504]);
const againCode = new Set(["order_in_progress"]);
/** An order whose payment is under way: the buyer asks until it is known. */
const againOrder = "paying";
const retryMs = 100;
const giveUpMs = 20_000;

/** Asks as a patient client does: the same request again until somebody answers. */
export async function askPatiently<Body extends object>(
  who: Visitor,
  method: string,
  path: string,
  body?: object,
): Promise<Answer<Body> & { retries: readonly string[] }> {
  const until = performance.now() + giveUpMs;
  const retries: string[] = [];
  for (;;) {
    let answer: Answer<Body> | undefined;
    let fault: unknown;
    try {
      answer = await who.ask<Body>(method, path, body);
      const { code = "", status } = answer.body as { code?: string; status?: string | number };
      if (!againStatus.has(answer.status) && !againCode.has(code) && status !== againOrder)
        return { ...answer, retries };
      retries.push(`${method} ${answer.status} ${code || status}`);
    } catch (error) {
      fault = error;
      retries.push(`${method} ${String(error)}`);
    }
    if (performance.now() > until) {
      throw new Error(`${method} ${path} was not answered: ${answer?.status} ${JSON.stringify(answer?.body)}`, {
        cause: fault,
      });
    }
    await wait(retryMs);
  }
}

/** Holds seats of a showing and pays for them. Undefined if the house is full. */
export async function buy(town: Town, showingId: string, quantity = 1): Promise<Told | undefined> {
  const buyer = town.visitor();
  const orderId = crypto.randomUUID();
  const hold = await askPatiently<{ id: string; code?: string }>(buyer, "POST", `/api/v1/showings/${showingId}/holds`, {
    bestAvailable: { quantity },
  });
  if (hold.status !== 201) {
    if (hold.body.code === "sold_out") return undefined;
    throw new Error(`no hold: ${hold.status} ${JSON.stringify(hold.body)}`);
  }
  const placed = await askPatiently<{ status: string; key: string; tickets: { seat: string }[]; code?: string }>(
    buyer,
    "POST",
    "/api/v1/orders",
    {
      id: orderId,
      holdId: hold.body.id,
      buyer: { email: "ada@example.org", name: "Ada" },
      payment: { provider: "sandbox", token: "tok_approve" },
    },
  );
  const told = { orderId, holdId: hold.body.id, retries: [...hold.retries, ...placed.retries] };
  if (placed.status === 201 && placed.body.status === "confirmed") {
    const seats = placed.body.tickets.map(({ seat }) => seat);
    return { ...told, status: "confirmed", key: placed.body.key, seats };
  }
  if (placed.status === 410 || placed.status === 404 || placed.status === 402)
    return { ...told, status: "lost", key: "", seats: [] };
  throw new Error(`no order: ${placed.status} ${JSON.stringify(placed.body)}`);
}

/** A house must not be sold out before a process is back. */
const pauseMs = 20;

/** Buyers who come one after the other, until told to stop. */
export function startBuyers(town: Town, count = 2) {
  const told: Told[] = [];
  const faults: unknown[] = [];
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  const buyers = Array.from({ length: count }, async (_, index) => {
    for (let turn = index; !stopping.signal.aborted; turn += 1) {
      try {
        const showingId = town.shop.showingIds[turn % town.shop.showingIds.length] ?? "";
        const order = await buy(town, showingId);
        if (order) told.push(order);
        for (const look of waiting) look();
        await wait(pauseMs);
      } catch (error) {
        faults.push(error);
        for (const look of waiting) look();
        return;
      }
    }
  });
  return {
    told,
    /** Settles when so many more orders were confirmed; throws what a buyer could not bear. */
    more(orders: number): Promise<void> {
      const confirmed = () => told.filter(({ status }) => status === "confirmed").length;
      const goal = confirmed() + orders;
      return new Promise((resolve, reject) => {
        const look = () => {
          if (faults.length === 0 && confirmed() < goal) return;
          waiting.delete(look);
          if (faults.length > 0) reject(faults[0]);
          else resolve();
        };
        waiting.add(look);
        look();
      });
    },
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.all(buyers);
      if (faults.length > 0) throw faults[0];
    },
  };
}
