// How fast a worker makes history: orders of two tickets each, ready in the sales log of 64 partitions, through the real applier
// into PostgreSQL on the same machine, outbox and all, every commit on the disk. `node --import ./bin/tsx-hook.mjs bench/worker-apply.ts`.
// Two ways that a log lies: intent and sale close together (a backlog after the store was away: both in one batch), and sales
// that come a batch later (buyers take their time: the order is written as paying and changed).

import { randomBytes } from "node:crypto";
import { startPostgres, type LocalPostgres } from "../deploy/local/postgres.ts";
import {
  defaultPartitions as partitions,
  newHoldId,
  newId,
  newSecret,
  newShowingId,
  partitionOf,
} from "../src/domain/ids.ts";
import { chainHash } from "../src/inventory/chain.ts";
import type { Intent, LogBody, LogEntry, ShowingRef } from "../src/inventory/port.ts";
import { createOrderSecrets } from "../src/sales/ticket-token.ts";
import { migrate, openStore } from "../src/store/open.ts";
import { withStoredSales } from "../src/store/verify-rows.ts";
import { createApplySales } from "../src/workers/apply-sales.ts";
import { ownProcessorMs, processorMs } from "./inventory/processor.ts";
import { machineText, median } from "./machine.ts";

const orders = 30_000;
const ticketsAnOrder = 2;
const showingsOnSale = 2_000;
const rounds = 3;
const limit = 20_000;
const now = Date.UTC(2030, 0, 7, 12);
const random = (length: number) => randomBytes(length);

/** Sales logs with `orders` orders, `apart` other orders between an intent and its sale. */
function writeLogs(apart: number): LogEntry[][] {
  const logs: LogEntry[][] = Array.from({ length: partitions }, () => []);
  const showings = Array.from({ length: showingsOnSale }, (_, index): { ref: ShowingRef; next: number } => ({
    ref: {
      showingId: newShowingId(index, "2030-01-14", random),
      startsAt: now + 7 * 86_400_000,
      placeCount: 200,
      sections: [{ start: 0, count: 200 }],
    },
    next: 0,
  }));
  const add = (partition: number, body: LogBody) => {
    const log = logs[partition] ?? [];
    const hash = chainHash(log.at(-1)?.hash ?? "", JSON.stringify(body));
    log.push({ partition, sequence: log.length + 1, epoch: 1, body, hash });
  };
  const open: Intent[][] = Array.from({ length: partitions }, () => []);
  const sell = (partition: number) => {
    const order = open[partition]?.shift();
    if (order) add(partition, { kind: "sale", at: now, orderId: order.orderId, paymentId: `pay_${newId(random)}` });
  };
  for (let index = 0; index < orders; index += 1) {
    const showing = showings[index % showingsOnSale];
    if (!showing) continue;
    const places = Array.from({ length: ticketsAnOrder }, () => (showing.next += 1) - 1);
    const order = makeOrder(showing.ref, places);
    add(order.partition, { kind: "intent", at: now, showing: showing.ref, order });
    open[order.partition]?.push(order);
    if ((open[order.partition]?.length ?? 0) > apart) sell(order.partition);
  }
  for (let partition = 0; partition < partitions; partition += 1) while (open[partition]?.length) sell(partition);
  return logs;
}

function makeOrder({ showingId, startsAt }: ShowingRef, places: readonly number[]): Intent {
  const orderId = crypto.randomUUID();
  const line = { section: "stalls", tier: "adult", faceMinor: 1_450, feeMinor: 150, taxMinor: 128, totalMinor: 1_728 };
  return {
    orderId,
    partition: partitionOf(showingId, partitions),
    holdId: newHoldId(showingId, random),
    holder: `a:${newId(random)}`,
    network: "203.0.113",
    fingerprint: newSecret(random),
    places,
    generations: places.map(() => 1),
    draft: {
      orderId,
      showingId,
      sellerId: "0123456789abcdefghjkmnpqrs",
      showId: "1123456789abcdefghjkmnpqrs",
      venueId: "2123456789abcdefghjkmnpqrs",
      startsAt,
      accountId: newId(random),
      buyer: { email: `${newId(random).slice(0, 12)}@example.org`, name: "Ada Lovelace" },
      currency: "USD",
      lines: places.map((place) => ({ ...line, seat: `H-${place + 1}` })),
      totalMinor: places.length * line.totalMinor,
      provider: "sandbox",
      placedAt: now,
    },
    terms: {
      prices: {
        id: "price-list",
        currency: "USD",
        feeMinor: 150,
        taxBasisPoints: 800,
        tiers: [{ id: "adult", name: "Adult", sections: { stalls: 1_450 } }],
      },
      tiers: places.map(() => "adult"),
    },
  };
}

interface Round {
  /** Tickets a second. */
  rate: number;
  /** That an order takes in the store, indexes and outbox included. */
  bytes: number;
  /** Processor time of a ticket, µs: says more than the rate when others work on the machine. */
  worker: number;
  server: number;
}

/** Applies the logs to a new database. */
async function round(server: LocalPostgres, name: string, logs: LogEntry[][]): Promise<Round> {
  const store = openStore({ kind: "postgres", url: await server.createDatabase(name) });
  await migrate(store);
  const secrets = createOrderSecrets(new Uint8Array(32).fill(7));
  const worker = createApplySales(
    {
      store,
      log: { read: async (partition, after, most) => logs[partition]?.slice(after, after + most) ?? [] },
      clock: () => Date.now(),
      secretOf: secrets.of,
      onConflict({ detail }) {
        throw new Error(detail);
      },
      reached: () => undefined,
    },
    [],
  );
  const heads = logs.map((log) => log.length);
  const before = { worker: ownProcessorMs(), server: processorMs([server.pid()]) };
  const startedAt = performance.now();
  while ((await worker.once(heads)).length > 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = { worker: ownProcessorMs() - before.worker, server: processorMs([server.pid()]) - before.server };
  const tickets = await withStoredSales(store, (sales) => sales.activeTickets());
  if (tickets !== orders * ticketsAnOrder) throw new Error(`the store has ${tickets} tickets`);
  await store.close();
  const bytes = Number(await server.sql(`select pg_database_size('${name}') - pg_database_size('postgres')`)) / orders;
  return {
    rate: tickets / seconds,
    bytes,
    worker: (used.worker * 1_000) / tickets,
    server: (used.server * 1_000) / tickets,
  };
}

const server = await startPostgres();
try {
  console.log(`On ${machineText()}, PostgreSQL on the same machine.`);
  let holds = true;
  for (const [work, apart] of [
    ["a backlog: intent and sale in one batch", 0],
    ["as buyers pay: the sale comes batches later", 60],
  ] as const) {
    const logs = writeLogs(apart);
    const found: Round[] = [];
    for (let index = 0; index < rounds; index += 1) found.push(await round(server, `bench_${apart}_${index}`, logs));
    const rate = median(found.map((one) => one.rate));
    holds &&= rate >= limit;
    const each = found.map((one) => Math.round(one.rate)).join(", ");
    const middle = (of: keyof Round) => Math.round(median(found.map((one) => one[of])));
    console.log(
      `${rate >= limit ? "holds" : "MISS "}  ${work}\n       ${Math.round(rate)} tickets/s (${each}); ${middle("bytes")} bytes an order;\n       processor time of a ticket: worker ${middle("worker")} µs, PostgreSQL ${middle("server")} µs   limit: ≥ ${limit}`,
    );
  }
  process.exitCode = holds ? 0 : 1;
} finally {
  await server.stop();
}
