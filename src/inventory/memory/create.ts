// The inventory in one process: decisions in memory, one at a time; every durable change joins a batch that is one SQLite
// transaction, and is answered after its COMMIT. A failed COMMIT ends the process: memory would be ahead of the disk.

import type { Inventory, InventoryOrder, LogBody, ShowingRef } from "../port.ts";
import { isUnfinished } from "../orders.ts";
import { AfterSale } from "./after-sale.ts";
import { moveTickets } from "./move-tickets.ts";
import type { Core } from "./core.ts";
import { Holds } from "./holds.ts";
import { openJournal, type Journal } from "./journal.ts";
import { Payments } from "./payments.ts";
import { recover } from "./recover.ts";

export interface MemoryInventorySettings {
  /** The sales log's SQLite file. */
  file: string;
  partitions: number;
  now: number;
  /** Kills the process at a named write, for tests: `before:log:sale`, `after:log:intent`, … */
  failpoint?: string;
  /** A COMMIT failed: end the process. */
  onFatal(error: Error): void;
  /** A partition stopped selling: an alarm. */
  onClosed(partition: number, reason: string): void;
}

/** How long sales stay in the log after the showing: until then they can be asked for again and refunded. */
const keepMs = 35 * 86_400_000;
const trimAtOnce = 500;
const checkpointEveryMs = 5_000;

/** Opens the file, rebuilds the memory from it and begins a new epoch. Partitions whose log does not chain stay closed. */
export async function openMemoryInventory(settings: MemoryInventorySettings): Promise<Inventory> {
  const journal = await openJournal({
    file: settings.file,
    onFatal: settings.onFatal,
    ...(settings.failpoint === undefined ? {} : { failpoint: settings.failpoint }),
  });
  const core = recover(journal, settings);
  const holds = new Holds(core);
  const payments = new Payments(core, holds);
  const afterSale = new AfterSale(core, holds, payments);
  for (const order of unfinishedOf(core)) if (order.status === "paying") holds.resume(order);
  await checkpoint(core, journal, settings.now);
  let checkpointedAt = settings.now;
  let trimmed = 0;

  return {
    partitions: settings.partitions,
    hold: (request) => Promise.resolve(holds.hold(request)),
    holdById: (holdId, now) => Promise.resolve(holds.live(holdId, now)),
    release: (holdId, now) => Promise.resolve(holds.release(holdId, now)),
    beginPayment: (request) => payments.begin(request),
    confirm: (orderId, paymentId, now) => payments.confirm(orderId, paymentId, now),
    decline: (orderId, reason, until, now) => payments.decline(orderId, reason, until, now),
    beginCancel: (orderId) => payments.beginCancel(orderId),
    cancelPayment: (orderId, reason, now) => payments.cancel(orderId, reason, now),
    beginRefund: (request) => afterSale.beginRefund(request),
    finishRefund: (orderId, refundId, now) => afterSale.finishRefund(orderId, refundId, now),
    moveTickets: (request) => moveTickets(core, payments, request),
    // Orders are kept for as long as they may be given back: one that is not here is over.
    adopt: (order) => Promise.resolve(core.order(order.orderId) ?? { refusal: "not_found" }),
    block: (showing, places, by, now) => afterSale.block(showing, places, by, now),
    unblock: (showing, places, by, now) => afterSale.unblock(showing, places, by, now),
    closeShowing: (showing, by, now) => afterSale.closeShowing(showing, by, now),
    scan: (request) => afterSale.scan(request),
    counts: (showing) => Promise.resolve(counts(core, showing)),
    freeOf: (showingIds) => Promise.resolve(showingIds.map((id) => core.showings.get(id)?.free())),
    seats(showing) {
      const state = core.known(showing.showingId);
      return Promise.resolve({
        version: state?.version ?? 0,
        states: state?.letters() ?? "f".repeat(showing.placeCount),
      });
    },
    watch: (showing, listener) => core.touch(showing).listen(listener),
    async orderById(orderId) {
      const order = core.order(orderId);
      await payments.durable(orderId);
      return order;
    },
    // Whatever was decided is in the file from which this process began.
    mayBeLost: () => Promise.resolve(false),
    recentOrders: (accountId) =>
      durably(
        payments,
        [...(core.accounts.get(accountId) ?? [])].flatMap((id) => core.liveOrders.get(id) ?? []).toReversed(),
      ),
    unfinished: (partition) => durably(payments, unfinishedOf(core, partition)),
    epoch: () => core.settings.epoch,
    sellsIn: (partition) =>
      Promise.resolve(core.partition(partition).closed === undefined ? core.settings.epoch : undefined),
    async sweep(now) {
      holds.sweep(now);
      if (now - checkpointedAt < checkpointEveryMs) return;
      checkpointedAt = now;
      await checkpoint(core, journal, now);
      trimmed = (trimmed + 1) % settings.partitions;
      await trim(core, journal, trimmed, now - keepMs);
    },
    closePartition: (partition, reason) => core.close(partition, reason),
    closedPartitions: () =>
      core.partitions.flatMap((state, partition) =>
        state.closed === undefined ? [] : [{ partition, reason: state.closed }],
      ),
    log: {
      async read(partition, after, limit) {
        return journal.reader.read(partition, after, limit);
      },
      async acknowledge(partition, sequence) {
        core.acknowledge(partition, sequence);
      },
      heads: () => Promise.resolve(core.partitions.map((state) => state.sequence)),
    },
    async close() {
      await journal.settled();
      await checkpoint(core, journal, checkpointedAt);
      await journal.close();
    },
  };
}

function unfinishedOf(core: Core, partition?: number): InventoryOrder[] {
  const orders = [...core.unfinished].flatMap((id) => core.liveOrders.get(id) ?? []).filter(isUnfinished);
  return partition === undefined ? orders : orders.filter((order) => order.partition === partition);
}

/** Orders once what was decided of them is on the disk: nobody acts on, or is shown, what a crash could undo. */
async function durably(payments: Payments, orders: readonly InventoryOrder[]): Promise<readonly InventoryOrder[]> {
  await Promise.all(orders.map((order) => payments.durable(order.orderId)));
  return orders;
}

function counts(core: Core, showing: ShowingRef) {
  const state = core.known(showing.showingId);
  if (state) return { version: state.version, sections: state.sections() };
  const untouched = { held: 0, paying: 0, sold: 0, blocked: 0, admitted: 0 };
  return { version: 0, sections: showing.sections.map((section) => ({ free: section.count, ...untouched })) };
}

/** Writes down where everything stands, so that a restart reads only the log after it; forgets what is long over. */
async function checkpoint(core: Core, journal: Journal, now: number): Promise<void> {
  const unfinished = Map.groupBy(core.unfinished, (id) => core.liveOrders.get(id)?.partition);
  const marks = core.partitions.map((state, partition) => ({
    partition,
    sequence: state.sequence,
    hash: state.hash,
    epoch: core.settings.epoch,
    acknowledged: state.acknowledged,
    unfinished: unfinished.get(partition) ?? [],
  }));
  const snapshots = [...core.dirty].flatMap((id) => core.showings.get(id)?.snapshot() ?? []);
  core.dirty.clear();
  await journal.checkpoint(marks, snapshots);
  forgetOld(core, now);
}

/** Showings over for two days leave the memory; they can be read back from their last checkpoint. */
function forgetOld(core: Core, now: number): void {
  for (const [id, state] of core.showings) {
    if (core.dirty.has(id) || core.holdOfPlace.has(id) || state.isWatched()) continue;
    if (state.ref.startsAt < now - 2 * 86_400_000 || state.isPristine()) core.showings.delete(id);
  }
}

/** Forgets the oldest entries of a partition that the store has applied (R6) and whose showings were over before `cutoff`. */
async function trim(core: Core, journal: Journal, partition: number, cutoff: number): Promise<void> {
  const { acknowledged } = core.partition(partition);
  const isOld = ({ body }: { body: LogBody }) =>
    body.at < cutoff && (!("showing" in body) || body.showing.startsAt < cutoff);
  const [first] = journal.reader.read(partition, 0, 1);
  if (!first || !isOld(first)) return;
  const entries = journal.reader.read(partition, 0, trimAtOnce).filter((entry) => entry.sequence <= acknowledged);
  const keepFrom = entries.findIndex((entry) => !isOld(entry));
  const last = entries.at(keepFrom === -1 ? -1 : keepFrom - 1);
  if (last && keepFrom !== 0) await journal.trim(partition, last.sequence);
}
