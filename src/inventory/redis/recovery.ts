// A partition's recovery, by the function library; see lua/recovery.lua.

import type { RedisConnection } from "../../redis/connect.ts";
import type { LogBody } from "../port.ts";
import { RecoveryOvertaken, type PartitionRecovery, type RebuiltShowing } from "../recovery.ts";
import { bindKnownOrder } from "./bindings.ts";
import { orderKey, recordKey, showingArguments, unfinishedKey } from "./keys.ts";
import { functionName, isFunctionMissing, loadWhereReachable } from "./library.ts";
import { readRecord } from "./link.ts";
import { createRedisLog } from "./log.ts";
import { recordOfOrder } from "./orders.ts";
import { showingText, stockAround } from "./stock.ts";

/** Calls under way at once: enough to keep Redis busy, few enough to answer others in between. */
const atOnce = 64;
const boundAtOnce = 1_000;

export function createRedisRecovery(connection: RedisConnection, partitions: number): PartitionRecovery {
  const log = createRedisLog(connection, partitions);
  let loading: Promise<void> | undefined;
  /** A server that lost everything, or one that is new, does not have the functions either, or those of an older program. */
  async function loadIfMissing(error: unknown): Promise<void> {
    if (!isFunctionMissing(error)) throw error;
    // All partitions ask at the same moment: loading again would close what others opened.
    loading ??= loadWhereReachable(connection).finally(() => (loading = undefined));
    await loading;
  }
  async function step(name: string, partition: number, epoch: number, args: readonly string[] = []): Promise<string[]> {
    // As a list: a stadium has more admissions than a call may have arguments.
    const all = [functionName(`recovery_${name}`), 1, recordKey(partition), String(epoch), ...args];
    const reply = (await connection.call("fcall", all).catch(async (error: unknown) => {
      await loadIfMissing(error);
      return connection.call("fcall", all);
    })) as string[];
    if (reply[0] === "overtaken") throw new RecoveryOvertaken(`a later recovery of partition ${partition} has begun`);
    return reply;
  }

  return {
    async standing(partition) {
      const record = readRecord(connection, partition).catch(async (error: unknown) => {
        await loadIfMissing(error);
        return readRecord(connection, partition);
      });
      const { gate, epoch, sequence, hash, recovery, closed } = await record;
      return { open: gate !== "" && gate === epoch, epoch: Number(epoch), sequence, hash, recovery, closed };
    },
    async begin(partition, epoch) {
      await step("begin", partition, epoch);
    },
    async entry(partition, sequence) {
      const [entry] = await log.read(partition, sequence - 1, 1);
      return entry?.sequence === sequence ? entry : undefined;
    },
    async wipe(partition, epoch, mark) {
      await step("wipe", partition, epoch, [String(mark.sequence), mark.hash]);
    },
    async rebuildShowings(partition, epoch, showings, now) {
      await inSlices(showings, (rebuilt) => step("showing", partition, epoch, showingSteps(rebuilt)));
      const used = showings.flatMap(({ showing, orders = [] }) => orders.map((orderId) => ({ orderId, ...showing })));
      await inSlices(used, (order) => bindKnownOrder(connection, order, now), boundAtOnce);
    },
    async rebuildOrders(partition, epoch, orders, now) {
      await inSlices(orders, async (order) => {
        // Nobody sells here yet: which of the two comes first means nothing.
        await Promise.all([
          bindKnownOrder(connection, order.draft, now),
          step("order", partition, epoch, [String(now), order.orderId, ...recordOfOrder(order, 0)]),
        ]);
      });
    },
    async known(partition, orderIds) {
      const known = new Set<string>();
      await inSlices(orderIds, async (orderId) => {
        if ((await connection.exists(orderKey(partition, orderId))) === 1) known.add(orderId);
      });
      return known;
    },
    unfinished: (partition) => connection.smembers(unfinishedKey(partition)),
    async endPayment(partition, epoch, { orderId, status, reason }, now) {
      const end = { kind: status, at: now, orderId, reason };
      // Its buyer was told so, but of the hold that may have come back nobody knows.
      const body: LogBody = status === "declined" ? { ...end, kind: status, until: now } : { ...end, kind: status };
      await step("end", partition, epoch, [String(now), orderId, status, reason, JSON.stringify(body)]);
    },
    async enterLost(partition, epoch, { order, showing }, now) {
      await bindKnownOrder(connection, order.draft, now);
      const { status: _status, refunds: _refunds, moves: _moves, paymentId = "", ...intent } = order;
      const body = `{"kind":"intent","at":${now},"showing":${showingText(showing)},"order":${JSON.stringify(intent)}}`;
      const args = [String(now), order.orderId, ...showingArguments(showing), order.places.join(), body];
      const record = recordOfOrder({ ...intent, status: "paying", refunds: [] }, 0);
      const sale = [paymentId, saleBody(order.orderId, paymentId, now)];
      const around = stockAround("unblocked", showing, "recovery", now);
      const [word, why] = await step("lost", partition, epoch, [...args, ...sale, ...around, ...record]);
      if (word === "ok") return "entered";
      if (word === "known" || word === "taken") return word;
      throw new Error(`the function library answered "${word} ${why}" to a lost order`);
    },
    async enterRefund(partition, epoch, { orderId, refund, paymentId, order }, now) {
      if (order) await bindKnownOrder(connection, order.draft, now);
      const { refundId, places, amountMinor } = refund;
      const begun = JSON.stringify({ kind: "refund-begun", at: now, orderId, refund } satisfies LogBody);
      const done = JSON.stringify({ kind: "refund-done", at: now, orderId, refundId } satisfies LogBody);
      const args = [String(now), orderId, refundId, places.join(), String(amountMinor), JSON.stringify(refund)];
      args.push(paymentId, saleBody(orderId, paymentId, now), begun, done);
      if (order) args.push(...recordOfOrder(order, 0));
      const [word, why] = await step("refund", partition, epoch, args);
      if (word === "ok") return "entered";
      if (word === "known" || word === "unknown" || word === "impossible") return word;
      throw new Error(`the function library answered "${word} ${why}" to a lost refund`);
    },
    async check(partition, epoch) {
      const [word, why] = await step("check", partition, epoch);
      return word === "wrong" ? why : undefined;
    },
    async open(partition, epoch) {
      await step("open", partition, epoch);
    },
  };
}

const saleBody = (orderId: string, paymentId: string, now: number): string =>
  JSON.stringify({ kind: "sale", at: now, orderId, paymentId } satisfies LogBody);

function showingSteps({ showing, closed, states, generations, admissions, orders = [] }: RebuiltShowing): string[] {
  const [id = "", , startsAt = "", sections = ""] = showingArguments(showing);
  return [
    id,
    startsAt,
    sections,
    closed ? "1" : "0",
    states,
    Array.from(generations, ([place, generation]) => `${place}:${generation}`).join(),
    orders.join(),
    ...Array.from(admissions, ([place, { at, gate }]) => [String(place), `${at} ${gate}`]).flat(),
  ];
}

/** Does `work` for each, so many at a time. */
async function inSlices<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  size = atOnce,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) await Promise.all(items.slice(from, from + size).map(work));
}
