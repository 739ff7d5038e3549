// The inventory of a fleet: every decision is one call of the function library, in Redis; any number of processes ask for them.

import { Refusal } from "../../domain/refusals.ts";
import { connectRedis, type RedisConnection } from "../../redis/connect.ts";
import type { Inventory, SalesLog } from "../port.ts";
import { bindingsPruner } from "./bindings.ts";
import { RedisHolds } from "./holds.ts";
import { recordKey } from "./keys.ts";
import { assertSettings, functionName, loadLibrary, outdatedBy } from "./library.ts";
import { Link } from "./link.ts";
import { createLogConsumer, createRedisLog } from "./log.ts";
import { moveTickets } from "./move-tickets.ts";
import { RedisPayments } from "./payments.ts";
import { RedisStock } from "./stock.ts";
import { Watchers } from "./watch.ts";

export interface RedisInventorySettings {
  /** As connectRedis takes them. */
  urls: readonly string[];
  /** Replicas that must have a decision before it is answered: 0 or 1. */
  replicas: number;
  partitions: number;
  /** This process, as CLIENT LIST and the log's consumers show it. */
  name: string;
  /** A partition stopped selling: an alarm. */
  onClosed(partition: number, reason: string): void;
}

export interface RedisInventory extends Inventory {
  /** Looks at all partitions: those that another process closed or opened are so here, too. */
  refresh(): Promise<void>;
  /** Says so while Redis has the functions of a newer program: this one decides nothing, and others of its version neither. */
  outdated(): string | undefined;
  /** The sales log as a worker of that name takes it; see createLogConsumer. */
  consumer(name: string): SalesLog;
  /** For recovery. */
  readonly connection: RedisConnection;
}

/** Finished orders that the store has are forgotten after so long … */
const keepOrdersMs = 2 * 3_600_000;
/** … and showings so long after they began. */
const keepShowingsMs = 3 * 86_400_000;
/** Entries of the log that stay although the store has them, for whoever looks. */
const keepEntries = 256;
/** How often this process looks at partitions that do not sell, and at one that does. */
const lookMs = 500;

/**
 * Connects, asserts Redis's settings, loads the function library, and looks at every partition. Those whose gate is closed stay
 * so until a worker recovers them. Throws RedisUnfit with a sentence for the operator.
 */
export async function openRedisInventory(settings: RedisInventorySettings): Promise<RedisInventory> {
  const { urls, replicas, partitions, name } = settings;
  const connection = connectRedis({ urls, name });
  const subscriber = connectRedis({ urls, name: `${name}-seats` });
  const link = new Link({ connection, partitions, replicas, onClosed: settings.onClosed });
  try {
    await Promise.all([ready(connection), ready(subscriber)]);
    await assertSettings(connection, replicas);
    await loadLibrary(connection);
    await link.refreshAll();
  } catch (error) {
    connection.disconnect();
    subscriber.disconnect();
    throw error;
  }
  const holds = new RedisHolds(link);
  const stock = new RedisStock(link);
  const payments = new RedisPayments(link, holds, stock);
  const watchers = new Watchers(subscriber, (showing) => stock.seats(showing));
  const pruneBindings = bindingsPruner(connection);
  let outdated: string | undefined;
  let turn = 0;
  /** Looks at partitions, and, if some lack their functions, at whose functions are there. */
  async function look(some?: readonly number[]): Promise<void> {
    await (some ? Promise.all(some.map((partition) => link.refresh(partition))) : link.refreshAll());
    outdated = link.lacksFunctions() ? await outdatedBy(connection) : undefined;
  }
  const looking = setInterval(() => {
    // Another one in turn each time: a process of which nobody wants anything learns, too, that it is outdated.
    turn = (turn + 1) % partitions;
    void look([...new Set([turn, ...link.closedPartitions().map(({ partition }) => partition)])]);
  }, lookMs);
  looking.unref();

  return {
    partitions,
    connection,
    async hold(request) {
      stock.note(request.showing);
      return holds.hold(request);
    },
    holdById: (holdId, now) => answered(holds.holdById(holdId, now)),
    release: (holdId, now) => holds.release(holdId, now),
    beginPayment: (request) => payments.begin(request),
    confirm: (orderId, paymentId, now) => payments.confirm(orderId, paymentId, now),
    decline: (orderId, reason, until, now) => payments.decline(orderId, reason, until, now),
    beginCancel: (orderId, now) => payments.beginCancel(orderId, now),
    cancelPayment: (orderId, reason, now) => payments.cancel(orderId, reason, now),
    beginRefund: (request) => payments.beginRefund(request),
    finishRefund: (orderId, refundId, now) => payments.finishRefund(orderId, refundId, now),
    moveTickets: (request) => moveTickets(link, payments, request),
    adopt: (order, now) => payments.adopt(order, now),
    block: (showing, places, by, now) => stock.block(showing, places, by, now),
    unblock: (showing, places, by, now) => stock.unblock(showing, places, by, now),
    closeShowing: (showing, by, now) => stock.closeShowing(showing, by, now),
    scan: (request) => stock.scan(request),
    counts: (showing) => answered(stock.counts(showing)),
    freeOf: (showingIds) => stock.freeOf(showingIds),
    async seats(showing) {
      await watchers.heard(showing.showingId);
      return answered(stock.seats(showing));
    },
    watch: (showing, listener) => watchers.watch(showing, listener),
    orderById: (orderId) => answered(payments.orderById(orderId)),
    mayBeLost: (orderId) => payments.mayBeLost(orderId),
    recentOrders: (accountId) => answered(payments.recentOrders(accountId)),
    unfinished: (partition) => answered(payments.unfinished(partition)),
    epoch: (partition) => link.epoch(partition),
    sellsIn: async (partition) => ((await link.refresh(partition)) ? link.epoch(partition) : undefined),
    async sweep(now) {
      const args = [now, now - keepOrdersMs, now - keepShowingsMs, keepEntries].map(String);
      const open = new Set(link.closedPartitions().map(({ partition }) => partition));
      const selling = Array.from({ length: partitions }, (_, partition) => partition).filter((each) => !open.has(each));
      await Promise.all(selling.map((partition) => link.decide("sweep", partition, args, false)));
      // What stays for another round is in nobody's way.
      await pruneBindings(now).catch(() => undefined);
    },
    closePartition: (partition, reason) => link.stop(partition, reason),
    closedPartitions: () => link.closedPartitions(),
    refresh: () => look(),
    outdated: () => outdated,
    log: createRedisLog(connection, partitions),
    consumer: (consumerName) => createLogConsumer(connection, partitions, consumerName),
    async close() {
      clearInterval(looking);
      // What is under way is answered first.
      await connection.fcall(functionName("state"), 1, recordKey(0)).catch(() => undefined);
      connection.disconnect();
      subscriber.disconnect();
    },
  };
}

/** What cannot be read is refused, so that whoever asked may ask again: it is not the program that is at fault. */
async function answered<Answer>(reading: Promise<Answer>): Promise<Answer> {
  try {
    return await reading;
  } catch (error) {
    const refusal = new Refusal("unavailable", "Seats and orders cannot be looked up for a moment. Try again soon.", {
      retryAfterMs: 2_000,
    });
    refusal.cause = error;
    throw refusal;
  }
}

/** Settles when a connection may be used; throws if the first try fails. */
async function ready(connection: RedisConnection): Promise<void> {
  if (connection.status === "ready") return;
  await new Promise<void>((resolve, reject) => {
    connection.once("ready", resolve);
    connection.once("error", reject);
  });
}
