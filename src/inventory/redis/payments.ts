// held → paying → sold, the ways back, and refunds. The entries of the log are written here, as text, and decided there: what
// is said of an order in the log is what the function validated.

import { LRUCache } from "lru-cache";
import { partitionOf } from "../../domain/ids.ts";
import type { OrderDraft } from "../../domain/orders.ts";
import { activePlaces, isUnfinished, trimmedTerms } from "../orders.ts";
import type {
  BeginPaymentRequest,
  Intent,
  InventoryOrder,
  LogBody,
  OrderRefusal,
  RefundRequest,
  ShowingRef,
} from "../port.ts";
import { bindingArguments, bindingPlace, bindKnownOrder, bindOrder, boundShowing, boundUntil } from "./bindings.ts";
import { numbersOf, type RedisHolds } from "./holds.ts";
import { accountKey, orderKey, unfinishedKey } from "./keys.ts";
import { readRecord, type Link, type Reply } from "./link.ts";
import { orderOfRecord, orderOfReply, recordOfOrder } from "./orders.ts";
import { showingText } from "./stock.ts";
import type { ShowingsKnown } from "./stock.ts";

type Answered = InventoryOrder | { refusal: "sales_paused" | "not_found" };

/** In a cluster, until the order has begun. Also how long an account's orders are kept by name: after that the store has them. */
const shortSeconds = 2 * 86_400;
/** Orders of an account that are asked for by name; older ones are in the store. */
const recentOrders = 200;
const rememberedBindings = 100_000;
const rememberedIntents = 5_000;

export class RedisPayments {
  private readonly link: Link;
  private readonly holds: RedisHolds;
  private readonly showings: ShowingsKnown;
  private readonly bindings = new LRUCache<string, string>({ max: rememberedBindings });

  private readonly intents = new LRUCache<string, Intent>({ max: rememberedIntents });

  constructor(link: Link, holds: RedisHolds, showings: ShowingsKnown) {
    this.link = link;
    this.holds = holds;
    this.showings = showings;
  }

  private partitionOf(showingId: string): number {
    return partitionOf(showingId, this.link.settings.partitions);
  }

  async begin(request: BeginPaymentRequest): Promise<{ order: InventoryOrder; begun: boolean } | OrderRefusal> {
    const { draft, holdId, fingerprint, now } = request;
    const { showingId, orderId } = draft;
    const partition = this.partitionOf(showingId);
    let found: Awaited<ReturnType<RedisHolds["read"]>>;
    let showing: ShowingRef | undefined;
    try {
      const [bound, hold, ref] = await Promise.all([
        this.bindAhead(draft, now),
        this.holds.pinned(holdId),
        this.showings.refOf(showingId),
        draft.accountId === undefined ? undefined : this.noteForAccount(draft.accountId, orderId, now),
      ]);
      if (!bound) return { refusal: "order_id_reused" };
      found = hold;
      showing = ref;
    } catch {
      return { refusal: "sales_paused" };
    }
    // An entry that cannot say what its showing is could never be applied: without one the function refuses.
    const intent: Intent | undefined = showing &&
      found && {
        orderId,
        partition,
        holdId,
        holder: found.holder,
        network: found.network,
        fingerprint,
        places: found.places,
        generations: [],
        draft,
        terms: trimmedTerms(found.terms, new Set(draft.lines.map((line) => line.section))),
      };
    const args = [String(now), holdId, orderId, fingerprint, showingId, String(draft.totalMinor)];
    args.push(JSON.stringify(intent?.terms ?? null), ...(intent ? textAround(intent) : ["", ""]));
    args.push(...entryAround(now, showing ? showingText(showing) : "null"), intent?.places.join() ?? "");
    const until = boundUntil(draft.startsAt, now);
    const place = this.link.isCluster ? undefined : bindingPlace(orderId);
    if (place) args.push(...bindingArguments(place, showingId, until));
    const reply = await this.link.decide("begin", partition, args, true, place ? [place.bucket] : []);
    if (reply[0] === "begun" || reply[0] === "known") this.bindings.set(orderId, showingId);
    if (reply[0] === "begun" && intent) {
      const begun = { ...intent, generations: numbersOf(reply[1] ?? "") };
      this.intents.set(orderId, begun);
      if (!place) bindOrder(this.link.connection, draft, until, now).catch(() => undefined);
      return { order: { ...begun, status: "paying", refunds: [] }, begun: true };
    }
    if (reply[0] === "known") return { order: orderOfReply(reply), begun: false };
    return { refusal: reply[0] === "closed" ? "sales_paused" : (reply[0] as OrderRefusal["refusal"]) };
  }

  /**
   * Whether an order id is or may be bound to its showing. One server binds it within the function; in a cluster the binding lies elsewhere
   * and comes first.
   */
  private async bindAhead(draft: OrderDraft, now: number): Promise<boolean> {
    return !this.link.isCluster || bindOrder(this.link.connection, draft, now + shortSeconds * 1_000, now);
  }

  private async noteForAccount(accountId: string, orderId: string, now: number): Promise<void> {
    const key = accountKey(accountId);
    await Promise.all([
      this.link.connection.zadd(key, now, orderId),
      this.link.connection.zremrangebyrank(key, 0, -recentOrders - 1),
      this.link.connection.expire(key, shortSeconds),
    ]);
  }

  /** The partition of an order; undefined if its id was never used. */
  private async partitionOfOrder(orderId: string): Promise<number | undefined> {
    const known = this.bindings.get(orderId) ?? (await boundShowing(this.link.connection, orderId));
    if (known === undefined) return undefined;
    this.bindings.set(orderId, known);
    return this.partitionOf(known);
  }

  confirm(orderId: string, paymentId: string, now: number): Promise<Answered | { refusal: "seats_lost" }> {
    const body = JSON.stringify({ kind: "sale", at: now, orderId, paymentId } satisfies LogBody);
    // The intent never changes: whoever began the order need not read it again.
    const intent = this.intents.get(orderId);
    return this.ofOrder("confirm", orderId, now, [paymentId, body, intent ? "1" : ""], ["seats_lost"], intent);
  }

  decline(orderId: string, reason: string, until: number, now: number): Promise<Answered> {
    const body = JSON.stringify({ kind: "declined", at: now, orderId, reason, until } satisfies LogBody);
    return this.ofOrder("decline", orderId, now, [reason, body, String(until)], nothingElse);
  }

  cancel(orderId: string, reason: string, now: number): Promise<Answered> {
    const body = JSON.stringify({ kind: "cancelled", at: now, orderId, reason } satisfies LogBody);
    return this.ofOrder("cancel", orderId, now, [reason, body, ""], nothingElse);
  }

  beginCancel(orderId: string, now: number): Promise<Answered> {
    return this.ofOrder("begin_cancel", orderId, now, [], nothingElse);
  }

  async beginRefund(request: RefundRequest) {
    const { orderId, refundId, amountMinor, reason, now } = request;
    const order = await this.orderById(orderId).catch(() => "unreachable" as const);
    if (order === "unreachable") return { refusal: "sales_paused" } as const;
    if (!order) return { refusal: "not_found" } as const;
    const places = request.places ?? activePlaces(order);
    const refund = { refundId, places, amountMinor, reason, status: "begun", at: now } as const;
    const body = JSON.stringify({ kind: "refund-begun", at: now, orderId, refund } satisfies LogBody);
    return this.ofOrder(
      "begin_refund",
      orderId,
      now,
      [refundId, places.join(), String(amountMinor), JSON.stringify(refund), body],
      ["order_not_refundable", "refund_pending"],
    );
  }

  async finishRefund(orderId: string, refundId: string, now: number): Promise<Answered> {
    const order = await this.orderById(orderId).catch(() => "unreachable" as const);
    if (order === "unreachable") return { refusal: "sales_paused" };
    const refund = order?.refunds.find((candidate) => candidate.refundId === refundId);
    const body = JSON.stringify({ kind: "refund-done", at: now, orderId, refundId } satisfies LogBody);
    return this.ofOrder("finish_refund", orderId, now, [refundId, (refund?.places ?? []).join(), body], nothingElse);
  }

  /** Runs a function that decides about an order there is. */
  private async ofOrder<More extends string>(
    name: string,
    orderId: string,
    now: number,
    args: readonly string[],
    further: readonly More[],
    intent?: Intent,
  ): Promise<InventoryOrder | { refusal: "sales_paused" | "not_found" | More }> {
    let partition: number | undefined;
    try {
      partition = await this.partitionOfOrder(orderId);
    } catch {
      return { refusal: "sales_paused" };
    }
    if (partition === undefined) return { refusal: "not_found" };
    const reply = await this.link.decide(name, partition, [String(now), orderId, ...args], true);
    return orderOrRefusal(reply, further, intent);
  }

  async adopt(order: InventoryOrder, now: number): Promise<Answered> {
    const { showingId } = order.draft;
    const partition = this.partitionOf(showingId);
    try {
      await bindKnownOrder(this.link.connection, order.draft, now);
    } catch {
      return { refusal: "sales_paused" };
    }
    this.bindings.set(order.orderId, showingId);
    const args = [String(now), order.orderId, ...recordOfOrder(order, 0)];
    return orderOrRefusal(await this.link.decide("adopt", partition, args, false), nothingElse);
  }

  async orderById(orderId: string): Promise<InventoryOrder | undefined> {
    const partition = await this.partitionOfOrder(orderId);
    return partition === undefined ? undefined : (await this.read(partition, orderId))?.order;
  }

  /** An order of which not even the showing is known may lie in any partition. */
  async mayBeLost(orderId: string): Promise<boolean> {
    const partition = await this.partitionOfOrder(orderId).catch(() => undefined);
    if (partition !== undefined) return !(await this.link.refresh(partition));
    await this.link.refreshSoon();
    return this.link.closedPartitions().length > 0;
  }

  private async read(partition: number, orderId: string) {
    return orderOfRecord(await this.link.connection.hgetall(orderKey(partition, orderId)));
  }

  async recentOrders(accountId: string): Promise<readonly InventoryOrder[]> {
    const ids = await this.link.connection.zrevrange(accountKey(accountId), 0, recentOrders - 1);
    const applied = new Map<number, Promise<number>>();
    const appliedOf = (partition: number) => {
      const asked =
        applied.get(partition) ?? readRecord(this.link.connection, partition).then((record) => record.applied);
      applied.set(partition, asked);
      return asked;
    };
    const found = await Promise.all(
      ids.map(async (orderId) => {
        const partition = await this.partitionOfOrder(orderId);
        if (partition === undefined) return [];
        // How far the store is comes first: an order that changes meanwhile is shown rather than left out.
        const upTo = await appliedOf(partition);
        const kept = await this.read(partition, orderId);
        return kept && (kept.last > upTo || isUnfinished(kept.order)) ? [kept.order] : [];
      }),
    );
    return found.flat();
  }

  async unfinished(only?: number): Promise<readonly InventoryOrder[]> {
    const { connection, settings } = this.link;
    const all = only === undefined ? Array.from({ length: settings.partitions }, (_, partition) => partition) : [only];
    const found = await Promise.all(
      all.map(async (partition) => {
        const ids = await connection.smembers(unfinishedKey(partition));
        const kept = await Promise.all(ids.map((orderId) => this.read(partition, orderId)));
        for (const { order } of kept.flatMap((each) => each ?? []))
          this.bindings.set(order.orderId, order.draft.showingId);
        return kept.flatMap((each) => (each && isUnfinished(each.order) ? [each.order] : []));
      }),
    );
    return found.flat();
  }
}

/** What every function about an order may answer is enough. */
const nothingElse: readonly never[] = [];

/** The order, or why not; `further`: refusals of this function alone. */
function orderOrRefusal<More extends string>(
  reply: Reply,
  further: readonly More[],
  intent?: Intent,
): InventoryOrder | { refusal: "sales_paused" | "not_found" | More } {
  const [word] = reply;
  if (word === "order") return orderOfReply(reply, intent);
  if (word === "closed") return { refusal: "sales_paused" };
  if (word === "not_found") return { refusal: word };
  const refusal = further.find((each) => each === word);
  if (refusal === undefined) throw new Error(`the function library answered "${word}" about an order`);
  return { refusal };
}

/** An intent's JSON, before and after its generations: only the function knows them. */
export function textAround(intent: Intent): [before: string, after: string] {
  const { orderId, partition, holdId, holder, network, fingerprint, places, draft, terms } = intent;
  const head = JSON.stringify({ orderId, partition, holdId, holder, network, fingerprint, places });
  const tail = JSON.stringify({ draft, terms });
  return [`${head.slice(0, -1)},"generations":[`, `],${tail.slice(1)}`];
}

/** A log entry's JSON, before and after the intent. */
function entryAround(now: number, showing: string): [before: string, after: string] {
  return [`{"kind":"intent","at":${now},"showing":${showing},"order":`, "}"];
}
