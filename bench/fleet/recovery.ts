// Redis has lost everything: how long until all 64 partitions sell again and know their open orders. Real servers, and what they hold
// was sold through the port, applied by the worker and authorised at the provider.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../deploy/local/free-port.ts";
import { startMarquee } from "../../deploy/local/marquee-process.ts";
import { startPostgres } from "../../deploy/local/postgres.ts";
import { startRedis } from "../../deploy/local/redis.ts";
import type { InventoryOrder } from "../../src/inventory/port.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import { openSandboxClient } from "../../src/payments/sandbox-service/client.ts";
import type { PaymentProvider } from "../../src/payments/port.ts";
import { writeJournal } from "../../src/sales/journal.ts";
import { createOrderSecrets } from "../../src/sales/ticket-token.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { createLeases } from "../../src/store/leases.ts";
import { appliedMarks } from "../../src/store/marks.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import { createApplySales } from "../../src/workers/apply-sales.ts";
import { recoverPartitions, type RecoverySettings } from "../../src/workers/recover.ts";
import { postgresSettings } from "../inventory/contenders.ts";
import { newHalls, hallSeats } from "../inventory/load.ts";
import { newSale, type Sale } from "../inventory/sale.ts";
import { sellThrough } from "../inventory/through-port.ts";
import { median, type Row } from "../machine.ts";
import { clients, whole, type Pace } from "./figures.ts";

const halls = 500;
const partitions = 64;
const limitMs = 10_000;
/** Of a hundred pairs of neighbours in each hall the last ten are in payment, the very last unknown to the store. */
const pairs = hallSeats / 2;
const sold = pairs - 10;
const stored = pairs - 1;
/** Of the sold ones so many in each hall were bought within the half hour that the provider is asked for. */
const bought = 10;

const everyPartition = Array.from({ length: partitions }, (_, partition) => partition);

export async function measureRecovery({ rounds, scale }: Pace): Promise<{ rows: Row[]; notes: string[] }> {
  const stops: (() => unknown)[] = [];
  try {
    const folder = mkdtempSync(join(tmpdir(), "marquee-bench-recovery-"));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const redis = await startRedis();
    stops.push(() => redis.stop());
    const postgres = await startPostgres({ settings: postgresSettings });
    stops.push(() => postgres.stop());
    const secret = randomBytes(16).toString("hex");
    const provider = await startMarquee({
      name: "provider",
      command: ["sandbox"],
      port: await freePort(),
      folder,
      environment: { MARQUEE_PAYMENTS_SECRET: secret, MARQUEE_PUBLIC_URL: "https://localhost" },
      readyPath: "/healthz",
    });
    stops.push(() => provider.stop());
    const payments = openSandboxClient({ url: provider.url, secret, timeoutMs: 10_000 });
    stops.push(() => payments.close());
    const store = openStore({ kind: "postgres", url: postgres.url });
    stops.push(() => store.close());
    await migrate(store);
    const inventory = await openRedisInventory({
      urls: [redis.url],
      replicas: 0,
      partitions,
      name: "bench",
      onClosed: () => undefined,
    });
    stops.push(() => inventory.close());
    const settings = settingsOf(inventory, store, payments);
    await recoverPartitions(settings, everyPartition);
    await inventory.refresh();
    // What is filled in here nobody was promised.
    await redis.command("CONFIG", "SET", "appendfsync", "no");
    const lost = await fill(inventory, settings, payments, Math.ceil(halls / scale));
    await redis.command("CONFIG", "SET", "appendfsync", "always");

    const times: number[] = [];
    const open = Math.ceil(halls / scale) * (pairs - sold);
    for (let round = 0; round < rounds; round += 1) {
      await redis.command("FLUSHALL");
      await inventory.refresh();
      const began = performance.now();
      const done = await recoverPartitions(settings, everyPartition);
      await inventory.refresh();
      const unfinished = await inventory.unfinished();
      times.push(performance.now() - began);
      const entered = done.reduce((sum, each) => sum + each.entered, 0);
      // A partition in which nothing was sold goes on as it is.
      const odd = done.find(({ outcome }) => outcome !== "rebuilt" && outcome !== "continued");
      if (odd || inventory.closedPartitions().length > 0 || unfinished.length !== open || entered !== lost) {
        const found = `${unfinished.length} open, ${entered} entered again`;
        throw new Error(`the recovery went wrong: ${found}, ${JSON.stringify(odd ?? inventory.closedPartitions())}`);
      }
    }
    const ms = median(times);
    const seats = Math.ceil(halls / scale) * hallSeats;
    return {
      rows: [
        {
          work: `recovery of ${whole(seats)} seats with ${whole(open)} open intents`,
          figure: `${(ms / 1_000).toFixed(1)} s`,
          limit: `≤ ${limitMs / 1_000} s`,
          holds: ms <= limitMs,
        },
      ],
      notes: [
        `The recovery follows a FLUSHALL: ${partitions} partitions are rebuilt from PostgreSQL; ${whole(lost)} of the open intents are known to the provider only, which lists ${whole(open + Math.ceil(halls / scale) * bought)} payments.`,
      ],
    };
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

function settingsOf(inventory: RedisInventory, store: Store, payments: PaymentProvider): RecoverySettings {
  const secretOf = createOrderSecrets(new Uint8Array(32).fill(7)).of;
  const onConflict = ({ detail }: { detail: string }) => {
    throw new Error(detail);
  };
  const quiet = () => undefined;
  return {
    inventory: createRedisRecovery(inventory.connection, partitions),
    partitions,
    rows: recoveryRows(store),
    epochs: createEpochs(store.db),
    leases: createLeases(store.db),
    payments,
    clock: () => Date.now(),
    owner: "bench",
    log: { warn: (facts, text) => console.error(text, facts), error: quiet },
    async applyUpTo(partition, head, reign) {
      const log = inventory.log;
      const apply = createApplySales(
        { store, log, clock: () => Date.now(), secretOf, onConflict, reached: quiet, reign },
        await appliedMarks(store),
      );
      // -1: all partitions, each up to its head.
      const heads = partition < 0 ? await log.heads() : everyPartition.map((each) => (each === partition ? head : 0));
      while ((await apply.once(heads)).length > 0);
    },
  };
}

/** Sells and begins what there is to recover; answers how many open orders the store does not know. */
async function fill(
  inventory: RedisInventory,
  settings: RecoverySettings,
  payments: PaymentProvider,
  count: number,
): Promise<number> {
  const showings = newHalls(count);
  const seller = sellThrough(inventory);
  const begin = async (sale: Sale) => {
    if (!(await seller.hold(sale)) || !(await seller.begin(sale))) throw new Error("an order could not be begun");
  };
  const authorise = async ({ orderId, showing }: Sale) => {
    const order = await inventory.orderById(orderId);
    if (!order) throw new Error(`nobody knows ${orderId}`);
    await payments.authorise(requestOf(order, writeJournal(order, showing), inventory.epoch(order.partition)));
  };
  const ofEach = (from: number, to: number) =>
    showings.flatMap((showing) =>
      Array.from({ length: to - from }, (_, index) => newSale(showing, [2 * (from + index), 2 * (from + index) + 1])),
    );
  await eachOf(ofEach(0, sold), async (sale) => {
    await begin(sale);
    const lately = (sale.places[0] ?? 0) >= 2 * (sold - bought);
    if (lately) await authorise(sale);
    await seller.confirm(sale);
    if (lately) await payments.capture(sale.orderId);
  });
  await eachOf(ofEach(sold, stored), async (sale) => {
    await begin(sale);
    await authorise(sale);
  });
  await settings.applyUpTo(-1, 0, 1);
  const lost = ofEach(stored, pairs);
  await eachOf(lost, async (sale) => {
    await begin(sale);
    await authorise(sale);
  });
  return lost.length;
}

function requestOf({ orderId, draft, places }: InventoryOrder, journal: string, epoch: number) {
  const { showingId, totalMinor: amountMinor, currency } = draft;
  const metadata = { orderId, showingId, places, epoch, journal };
  return { orderId, amountMinor, currency, token: "tok_approve", metadata, returnUrl: "https://localhost" };
}

/** Does `work` for each, as many at a time as there are clients. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
