// From the file to the memory: the last checkpoint, then the log after it.

import { Core, type CoreSettings } from "./core.ts";
import { isChained } from "../chain.ts";
import type { Journal } from "./journal.ts";
import { isOrderBody, type OrderBody } from "../orders.ts";
import type { LogEntry } from "../port.ts";
import { ShowingState } from "./showing-state.ts";

const pageSize = 1_000;
/** Showings that began earlier are read back only if somebody asks for them. */
const keepLoadedMs = 86_400_000;

/**
 * The core as the file tells it, in a new epoch. Holds are gone; orders in payment are in payment still, for the reconciler to
 * ask the provider. A partition whose entries do not chain, or contradict the states, is closed.
 */
export function recover(
  journal: Journal,
  settings: { partitions: number; now: number } & Pick<CoreSettings, "onClosed">,
): Core {
  const marks = journal.reader.marks();
  const epoch = Math.max(0, ...marks.map((mark) => mark.epoch)) + 1;
  const core = new Core({ partitions: settings.partitions, epoch, journal, onClosed: settings.onClosed });
  if (marks.length > 0 && marks.length !== settings.partitions) {
    throw new Error(
      `this installation has ${marks.length} partitions, not ${settings.partitions}: the number is set at installation`,
    );
  }
  for (const snapshot of journal.reader.showings(settings.now - keepLoadedMs)) {
    core.showings.set(snapshot.ref.showingId, ShowingState.restore(snapshot, core.nextVersion));
  }
  const markOf = new Map(marks.map((mark) => [mark.partition, mark]));
  for (let partition = 0; partition < settings.partitions; partition += 1) {
    const mark = markOf.get(partition) ?? { sequence: 0, hash: "", acknowledged: 0, unfinished: [] };
    const { sequence, hash, acknowledged } = mark;
    Object.assign(core.partition(partition), { sequence, hash, acknowledged });
    try {
      for (const orderId of mark.unfinished) remember(core, journal, orderId, sequence);
      replay(core, journal, partition, mark);
    } catch (error) {
      core.close(partition, error instanceof Error ? error.message : String(error));
    }
  }
  return core;
}

/** Reads a partition's log from what the store may not have; entries after the checkpoint also change the states. */
function replay(
  core: Core,
  journal: Journal,
  partition: number,
  mark: { sequence: number; hash: string; acknowledged: number },
): void {
  const state = core.partition(partition);
  let after = Math.min(mark.sequence, mark.acknowledged);
  let hash: string | undefined = after === mark.sequence ? mark.hash : undefined;
  for (;;) {
    const entries = journal.reader.read(partition, after, pageSize);
    for (const entry of entries) {
      check(entry, after, hash, mark);
      const orderId = isOrderBody(entry.body) ? orderIdOf(entry.body) : undefined;
      if (entry.sequence > mark.sequence) {
        again(core, journal, entry, orderId);
        state.sequence = entry.sequence;
        state.hash = entry.hash;
      } else if (orderId !== undefined) {
        // The states have it already, but perhaps not the store: its order is kept at hand.
        remember(core, journal, orderId, mark.sequence, entry.sequence);
      }
      after = entry.sequence;
      hash = entry.hash;
    }
    if (entries.length < pageSize) return;
  }
}

/** Throws unless an entry follows the one before it and, at the checkpoint, is the one that was last then. */
function check(
  entry: LogEntry,
  after: number,
  before: string | undefined,
  mark: { sequence: number; hash: string },
): void {
  if (entry.sequence !== after + 1) throw new Error(`the log of partition ${entry.partition} lacks ${after + 1}`);
  const altered =
    (before !== undefined && !isChained(before, JSON.stringify(entry.body), entry.hash)) ||
    (entry.sequence === mark.sequence && entry.hash !== mark.hash);
  if (altered) {
    throw new Error(`entry ${entry.sequence} of partition ${entry.partition} was altered`);
  }
}

/** Keeps an order at hand as it stood at the checkpoint. */
function remember(core: Core, journal: Journal, orderId: string, upTo: number, sequence = upTo): void {
  const order = journal.reader.order(orderId, upTo);
  if (order) core.keepOrder(order, sequence);
}

/** Applies an entry after the checkpoint, as when it was decided. */
function again(core: Core, journal: Journal, entry: LogEntry, orderId: string | undefined): void {
  const { body, sequence } = entry;
  const before =
    orderId === undefined ? undefined : (core.liveOrders.get(orderId) ?? journal.reader.order(orderId, sequence - 1));
  const showingId =
    "showing" in body ? body.showing.showingId : "showingId" in body ? body.showingId : before?.draft.showingId;
  if (showingId === undefined)
    throw new Error(`entry ${sequence} of partition ${entry.partition} speaks of an unknown order`);
  core.apply(showingId, body, sequence, before);
}

const orderIdOf = (body: OrderBody) => (body.kind === "intent" ? body.order.orderId : body.orderId);
