// The fleet that is struck, and what is done around each strike: people buy meanwhile; then everything heals, comes to rest
// within a minute, and is judged by `marquee verify` and by the checker.

import { deepEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Fleet, FleetOptions } from "../../../deploy/local/fleet.ts";
import { verifyFleet } from "../../../src/app/verify-fleet.ts";
import type { FaultRule } from "../../../src/payments/sandbox-service/faults.ts";
import type { Shop } from "../../app/setting.ts";
import { openTown } from "../../fleet/setting.ts";
import { misbehave } from "../../payments/service-setting.ts";
import { seededRandom } from "../../seed.ts";
import { gatherBuyers, type Buyers, type BuyersSettings, type Habits } from "./buyers.ts";
import { judge, type Seen } from "./checker.ts";
import { readDiaries, type Note } from "./diary.ts";
import { look } from "./look.ts";
import { createStrikes, type Strikes } from "./strikes.ts";

export interface StruckTown {
  fleet: Fleet;
  shop: Shop;
  buyers: Buyers;
  strikes: Strikes;
  random: () => number;
  /** Looks at every order again, however old. */
  lookAtAll(): Promise<void>;
  /** Orders that somebody was told are confirmed. */
  told(): ReadonlySet<string>;
  /** Buys before, during and after a fault, comes to rest, and is judged. Answers what it took, for people. */
  through(fault: (town: StruckTown) => Promise<void>, habits?: Partial<Habits>): Promise<string>;
  close(): Promise<void>;
}

const hook = fileURLToPath(new URL("../../../bin/tsx-hook.mjs", import.meta.url));
const entry = fileURLToPath(new URL("process.ts", import.meta.url));
const paymentTimeoutMs = 400;
const restWithinMs = 60_000;
const pollMs = 100;
/** Sold before the strike and after the healing. */
const ordersAround = 5;

/** What the provider does to every so many-th call, all the time. */
const badDays: readonly FaultRule[] = [
  { fault: "timeout-done", calls: ["authorise"], every: 11, ms: paymentTimeoutMs + 200 },
  { fault: "timeout-undone", calls: ["authorise"], every: 13, ms: paymentTimeoutMs + 200 },
  { fault: "timeout-done", calls: ["capture", "cancel", "refund"], every: 17, ms: paymentTimeoutMs + 200 },
  { fault: "outage", every: 23 },
];

/** A fleet with one small cinema, if nothing else is said: seats are few, so that many want the same. */
export async function openStruckTown(
  seed: number,
  people: Partial<Pick<BuyersSettings, "count" | "pauseMs">> = {},
  { template = "small-cinema", ...options }: FleetOptions & { template?: string } = {},
): Promise<StruckTown> {
  const folder = mkdtempSync(join(tmpdir(), "marquee-struck-"));
  const strikeFile = join(folder, "strikes", "strike");
  mkdirSync(join(folder, "strikes"));
  const { fleet, shop } = await openTown(
    {
      redis: "late-replica",
      faultyProvider: true,
      program: ["--import", hook, entry],
      ...options,
      settings: {
        STRIKE_FILE: strikeFile,
        MARQUEE_HOLD_MS: "15000",
        MARQUEE_PAYMENT_TIMEOUT_MS: String(paymentTimeoutMs),
        ...options.settings,
      },
    },
    template,
  );
  const provider = { url: fleet.provider.url, secret: fleet.environment["MARQUEE_PAYMENTS_SECRET"] ?? "" };
  const close = async () => {
    await fleet.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const buyers = await gatherBuyers({
      url: fleet.url,
      shop,
      seats: await seatsOf(fleet, shop),
      folder: join(folder, "diaries"),
      count: 20,
      seed,
      pauseMs: 500,
      ...people,
    });
    /** Orders as they were last seen, and how many notes there were of each. */
    let last: Seen["orders"] = new Map();
    let notedThen = new Map<string, number>();
    const judged = async (all: boolean) => {
      const notes = readDiaries(join(folder, "diaries"));
      const noted = new Map<string, number>();
      for (const { orderId } of notes) noted.set(orderId, (noted.get(orderId) ?? 0) + 1);
      const changed = [...noted].filter(([orderId, count]) => all || notedThen.get(orderId) !== count);
      const seen = await look(
        { url: fleet.url, shop, provider },
        changed.map(([orderId]) => orderId),
      );
      const orders = new Map([...last, ...seen.orders]);
      for (const [orderId] of changed) if (!seen.orders.has(orderId)) orders.delete(orderId);
      [last, notedThen] = [orders, noted];
      deepEqual(judge(notes, { ...seen, orders }), []);
    };
    const town: StruckTown = {
      fleet,
      shop,
      buyers,
      strikes: createStrikes(strikeFile),
      random: seededRandom(seed - 1),
      close,
      lookAtAll: () => judged(true),
      told: () =>
        new Set(
          readDiaries(join(folder, "diaries"))
            .filter(isConfirmed)
            .map(({ orderId }) => orderId),
        ),
      async through(fault, some = {}) {
        const habits = { giveBack: true, scan: true, ...some };
        const lap = stopwatch();
        if (!habits.giveBack) {
          await buyers.clear();
          await rest(fleet, shop);
          lap("cleared");
        }
        await misbehave(provider, badDays);
        buyers.go(habits);
        try {
          await buyers.more(ordersAround);
          lap("sold");
          await fault(town);
          lap("struck and healed");
          await buyers.more(ordersAround);
          lap("sold again");
        } finally {
          await healed(fleet);
          await buyers.pause();
          await misbehave(provider, []);
        }
        lap("everybody answered");
        await rest(fleet, shop);
        lap("at rest");
        await judged(false);
        return `${buyers.confirmed()} orders so far; ${lap("judged")}`;
      },
    };
    return town;
  } catch (error) {
    await close();
    throw error;
  }
}

const isConfirmed = (note: Note) => note.what === "told-order" && note.outcome === "confirmed";

/** Answers all laps until now, in ms. */
function stopwatch(): (name: string) => string {
  const laps: string[] = [];
  let last = performance.now();
  return (name) => {
    const now = performance.now();
    laps.push(`${name} ${Math.round(now - last)}`);
    last = now;
    return laps.join(", ");
  };
}

async function seatsOf({ url }: Fleet, { showingIds }: Shop): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/showings/${showingIds[0]}/seats`);
  const { seatMap } = (await response.json()) as { seatMap: unknown };
  return namesIn(seatMap);
}

/** The names of seats, wherever in a seat map they are. */
function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn);
  if (typeof part !== "object" || part === null) return [];
  const { seats } = part as { seats?: unknown };
  if (Array.isArray(seats)) return seats.flatMap((seat) => (typeof seat === "string" ? [seat] : nameOf(seat)));
  return Object.values(part).flatMap(namesIn);
}

function nameOf(seat: unknown): string[] {
  const { name } = seat as { name?: unknown };
  return typeof name === "string" ? [name] : [];
}

/** Whatever a fault that did not go as it should left behind must not spoil the next. */
async function healed({ members }: Fleet): Promise<void> {
  for (const { server } of members) {
    if (server.running()) await server.kill("SIGCONT");
    else await server.restart();
  }
}

/** Settles when nothing is under way anywhere and `marquee verify` finds nothing wrong. */
async function rest(fleet: Fleet, shop: Shop): Promise<void> {
  const until = performance.now() + restWithinMs;
  for (;;) {
    const unrest = await unrestOf(fleet, shop);
    if (unrest.length === 0) return;
    if (performance.now() > until) throw new Error(notAtRest(fleet, unrest));
    await wait(pollMs);
  }
}

/** With the last words of those who work on it. */
function notAtRest({ members }: Fleet, unrest: readonly string[]): string {
  const words = members.flatMap(({ role, address, server }) =>
    role === "worker" ? [`${role} at ${address}:\n${server.log()}`] : [],
  );
  return [`after ${restWithinMs} ms not at rest: ${unrest.join("; ")}`, ...words].join("\n");
}

async function unrestOf(fleet: Fleet, { showingIds }: Shop): Promise<string[]> {
  const troubles = await Promise.all(
    fleet.members.map(async ({ role, address, trouble }) => {
      const what = await trouble();
      return what === undefined ? [] : [`${role} at ${address}: ${what}`];
    }),
  );
  if (troubles.flat().length > 0) return troubles.flat();
  // What was published lay in Redis, too: a process that starts after a flush knows no showing until a worker has put them back.
  for (const { url } of fleet.apps) {
    const answers = await Promise.all(showingIds.map((id) => fetch(`${url}/api/v1/showings/${id}/seats`)));
    for (const answer of answers) await answer.arrayBuffer();
    if (answers.some(({ ok }) => !ok)) return [`application at ${url}: not every showing is known`];
  }
  try {
    // Its seats are taken until the money is back.
    const refunds = await fleet.postgres.sql("select order_id from refunds where status = 'begun'");
    if (refunds !== "") return [`refunds of ${refunds.replaceAll("\n", ", ")} under way`];
    const checks = await verifyFleet(fleet.config);
    return checks.flatMap(({ rule, underWay, violations }) =>
      underWay === 0 ? violations : [`${underWay} under way: ${rule}`, ...violations],
    );
  } catch (error) {
    return [`verify: ${String(error)}`];
  }
}
