// What recovery is judged with: a real Redis, a real store and the sandbox provider, with a clock of their own.

import { deepEqual } from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { readHistory } from "../../src/app/verify-fleet.ts";
import type { InventoryOrder, SalesLog } from "../../src/inventory/port.ts";
import { openRedisInventory, type RedisInventory } from "../../src/inventory/redis/create.ts";
import { createRedisRecovery } from "../../src/inventory/redis/recovery.ts";
import type { PartitionRecovery } from "../../src/inventory/recovery.ts";
import { openSandbox, type SandboxProvider } from "../../src/payments/sandbox/sandbox.ts";
import { writeJournal, writeRefundJournal } from "../../src/sales/journal.ts";
import { verifySales } from "../../src/sales/verify/verify.ts";
import { createEpochs } from "../../src/store/epochs.ts";
import { createLeases } from "../../src/store/leases.ts";
import { appliedMarks } from "../../src/store/marks.ts";
import { migrate, openStore, type Store } from "../../src/store/open.ts";
import { recoveryRows } from "../../src/store/recovery.ts";
import { withStoredSales } from "../../src/store/verify-rows.ts";
import { createApplySales, type ApplySales } from "../../src/workers/apply-sales.ts";
import { recoverPartitions, type Recovered, type RecoverySettings } from "../../src/workers/recover.ts";
import { accepted, Desk, named, partitions } from "../contracts/inventory-setting.ts";

/** Everything that a recovery works with, closed by `await using`. */
export class Fleet {
  readonly folder: string;
  readonly redis: LocalRedis;
  readonly inventory: RedisInventory;
  readonly store: Store;
  payments: SandboxProvider;
  readonly desk: Desk;
  readonly warnings: string[] = [];
  private readonly conflicts: (partition: number, detail: string) => void;

  private constructor(parts: Pick<Fleet, "folder" | "redis" | "inventory" | "store" | "payments" | "desk">) {
    this.folder = parts.folder;
    this.redis = parts.redis;
    this.inventory = parts.inventory;
    this.store = parts.store;
    this.payments = parts.payments;
    this.desk = parts.desk;
    this.conflicts = (partition, detail) => {
      this.warnings.push(detail);
      this.inventory.closePartition(partition, detail);
    };
  }

  /** With a Redis of its own, or one of the caller's that runs (`urls`). Its partitions sell. */
  static async open(urls?: readonly string[]): Promise<Fleet> {
    const folder = await mkdtemp(join(tmpdir(), "marquee-recovery-"));
    const redis = await startRedis({ folder: join(folder, "redis") });
    const inventory = await openRedisInventory({
      urls: urls ?? [redis.url],
      replicas: 0,
      partitions,
      name: "recovery",
      onClosed: () => undefined,
    });
    const desk = new Desk({ open: () => Promise.resolve(inventory), dispose: async () => undefined }, inventory);
    const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
    await migrate(store);
    const payments = await openPayments(folder, desk);
    const fleet = new Fleet({ folder, redis, inventory, store, payments, desk });
    await fleet.recover();
    return fleet;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inventory.close();
    await this.payments.close();
    await this.store.close();
    await this.redis.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get recovery(): PartitionRecovery {
    return createRedisRecovery(this.inventory.connection, partitions);
  }

  /** A worker's slow path, or a recovery's, from where the store stands. */
  async applier(change: { log?: Pick<SalesLog, "read">; reign?: number } = {}): Promise<ApplySales> {
    const settings = {
      store: this.store,
      log: this.inventory.log,
      clock: () => this.desk.now,
      secretOf: () => "secret",
      onConflict: ({ partition, detail }: { partition: number; detail: string }) => this.conflicts(partition, detail),
      reached: () => undefined,
      ...change,
    };
    return createApplySales(settings, await appliedMarks(this.store));
  }

  /** Brings the store up to the log's heads, or to `head` of one partition. */
  async catchUp(only?: number, head?: number, reign?: number): Promise<void> {
    const applySales = await this.applier(reign === undefined ? {} : { reign });
    const all = only === undefined ? await this.inventory.log.heads() : [];
    const heads = Array.from({ length: partitions }, (_, index) => (index === only ? (head ?? 0) : (all[index] ?? 0)));
    for (let marks = await applySales.once(heads); marks.length > 0; marks = await applySales.once(heads))
      for (const { partition, sequence } of marks) await this.inventory.log.acknowledge(partition, sequence);
  }

  async recover(byHand = false, change: Partial<RecoverySettings> = {}): Promise<readonly Recovered[]> {
    const settings = {
      inventory: this.recovery,
      partitions,
      rows: recoveryRows(this.store),
      epochs: createEpochs(this.store.db),
      leases: createLeases(this.store.db),
      payments: this.payments,
      clock: () => this.desk.now,
      owner: "test",
      applyUpTo: (partition: number, head: number, epoch: number) => this.catchUp(partition, head, epoch),
      log: { warn: (_: object, text: string) => void this.warnings.push(text), error: () => undefined },
      ...change,
    };
    const every = Array.from({ length: partitions }, (_, partition) => partition);
    const done = await recoverPartitions(settings, every, { byHand });
    await this.inventory.refresh();
    return done;
  }

  /** What the recovery of one partition came to. */
  async recovered({ partition }: { partition: number }, byHand = false): Promise<Recovered | undefined> {
    return (await this.recover(byHand)).find((each) => each.partition === partition);
  }

  /** Reserves the money of an order, as a sale does between its intent and its confirmation. */
  authorise(order: InventoryOrder, epoch = this.inventory.epoch(order.partition), token = "tok_approve") {
    return this.payments.authorise({
      orderId: order.orderId,
      amountMinor: order.draft.totalMinor,
      currency: order.draft.currency,
      token,
      metadata: {
        orderId: order.orderId,
        showingId: order.draft.showingId,
        places: order.places,
        epoch,
        journal: writeJournal(order, this.desk.showing),
      },
      returnUrl: "http://localhost",
    });
  }

  async sellPaid(...places: number[]): Promise<InventoryOrder> {
    const order = await this.desk.begin(await this.desk.hold(named(...places)));
    await this.authorise(order);
    const sold = await this.desk.confirm(order);
    await this.payments.capture(order.orderId);
    return sold;
  }

  /** Gives places of an order back as a sale does, all that are left if none are named. */
  async giveBack(order: InventoryOrder, refundId: string, places?: readonly number[]): Promise<void> {
    await this.payBack(order, refundId, places);
    accepted(await this.inventory.finishRefund(order.orderId, refundId, this.desk.now));
  }

  /** The same, but for its end: the process dies when the money is back. */
  async payBack(order: InventoryOrder, refundId: string, places = order.places): Promise<void> {
    const { orderId, draft } = order;
    const amountMinor = 1_000 * places.length;
    const begun = accepted(await this.desk.refund(order, refundId, places, amountMinor));
    const refund = begun.refunds.find((each) => each.refundId === refundId);
    if (!refund) throw new Error(`refund ${refundId} did not begin`);
    const { showingId } = draft;
    await this.payments.refund({ orderId, refundId, amountMinor, showingId, journal: writeRefundJournal(refund) });
  }

  /** Finishes what is in payment and brings the store up to the log; fails if log, store and payments then disagree. */
  async agree(): Promise<void> {
    for (const order of await this.inventory.unfinished()) {
      if (order.status !== "paying") continue;
      await this.desk.confirm(order);
      await this.payments.capture(order.orderId);
    }
    await this.catchUp();
    deepEqual(this.warnings, []);
    const checks = await withStoredSales(this.store, async (stored) =>
      verifySales({
        stored,
        history: await readHistory(this.inventory.log, partitions),
        payments: this.payments,
        now: this.desk.now,
      }),
    );
    deepEqual(
      checks.flatMap(({ violations }) => violations),
      [],
    );
  }

  /** As after a crash of Redis that loses nothing. */
  async restart(): Promise<void> {
    await this.redis.kill("SIGKILL");
    await this.comeBack();
  }

  /** Remembers Redis as it is now; what is answered brings it back so, as with an old append-only file. */
  async remember(): Promise<() => Promise<void>> {
    const files = join(this.folder, "redis", "appendonlydir");
    const old = await mkdtemp(join(this.folder, "old-"));
    await cp(files, old, { recursive: true });
    return async () => {
      await this.redis.kill("SIGKILL");
      await rm(files, { recursive: true });
      await cp(old, files, { recursive: true });
      await this.comeBack();
    };
  }

  private async comeBack(): Promise<void> {
    await this.redis.restart();
    while (!(await this.inventory.connection.ping().catch(() => ""))) await new Promise(setImmediate);
    await this.inventory.refresh();
  }

  /** As after a restart of the provider. */
  async reopenPayments(): Promise<void> {
    this.payments = await openPayments(this.folder, this.desk);
  }
}

const openPayments = (folder: string, desk: { now: number }): Promise<SandboxProvider> =>
  openSandbox({
    file: join(folder, "payments.db"),
    timeoutMs: 1_000,
    settleMs: 2_000,
    clock: () => desk.now,
    wait: () => Promise.resolve(),
    onFatal(error) {
      throw error;
    },
  });
