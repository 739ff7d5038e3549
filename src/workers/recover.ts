// Recovery of partitions whose gate is closed: after a restart, a promotion or a flush of the inventory's servers. What survives
// of the log goes to the store; what the log lost is looked for in the store and at the payment provider; then the partition
// sells in a new epoch. Order of steps as in docs/architecture.md; each is safe to repeat, and overtaken recoveries do nothing.

import { isChained } from "../inventory/chain.ts";
import type { PartitionStanding, RebuiltShowing } from "../inventory/recovery.ts";
import type { Epochs } from "../store/epochs.ts";
import type { Leases } from "../store/leases.ts";
import type { StoredShowing } from "../store/recovery.ts";
import { enterLost, findLost, type Entered, type Lost, type LostSettings } from "./lost-sales.ts";

export interface RecoverySettings extends LostSettings {
  epochs: Epochs;
  leases: Leases;
  /** Whose lease it is. */
  owner: string;
  /** Applies a partition's log to the store up to `head`, for the recovery of that epoch. Throws if the log does not continue what the store has. */
  applyUpTo(partition: number, head: number, epoch: number): Promise<void>;
}

/** What a recovery found and did. */
export interface Recovered extends Entered {
  partition: number;
  outcome:
    | "open"
    /** The data were whole: the log continues what the store has, and counts and places agree. */
    | "continued"
    /** The data were rebuilt from the store. */
    | "rebuilt"
    /** Somebody else is at it. */
    | "busy"
    /** It was closed because of a fault and waits for somebody to look: `marquee recover`. */
    | "stopped"
    | "failed";
  reason?: string;
}

const leaseMs = 30_000;
/** Showings that began earlier are over: nobody buys or is let in. */
const keepShowingsMs = 3 * 86_400_000;
const showingsAtOnce = 200;
const nothing: Entered = { entered: 0, refunded: 0, voided: 0 };
const nothingLost: Lost = { ends: [], refunds: [], orders: [] };

/**
 * Recovers those of the given partitions that do not sell, or sell in an epoch that the store has left. `byHand` also takes those that a fault has closed, and rebuilds
 * them from the store.
 */
export async function recoverPartitions(
  settings: RecoverySettings,
  partitions: readonly number[],
  { byHand = false }: { byHand?: boolean } = {},
): Promise<readonly Recovered[]> {
  // A server that is away keeps nobody else's partitions closed.
  const standings = await Promise.allSettled(partitions.map((partition) => settings.inventory.standing(partition)));
  const done: Recovered[] = [];
  const begun: Begun[] = [];
  for (const [index, found] of standings.entries()) {
    const partition = partitions[index] ?? 0;
    if (found.status === "rejected") {
      done.push(failed(settings, partition, found.reason));
      continue;
    }
    const standing = found.value;
    if (standing.closed !== "" && !byHand) {
      done.push({ partition, outcome: "stopped", reason: standing.closed, ...nothing });
      continue;
    }
    try {
      // Whoever took a later epoch and died before the partition heard of it left it selling what nobody would apply.
      if (standing.open && (await settings.epochs.of(partition)) <= standing.epoch) {
        done.push({ partition, outcome: "open", ...nothing });
        continue;
      }
      const started = await begin(settings, partition, standing);
      if (started) begun.push(started);
      else done.push({ partition, outcome: "busy", ...nothing });
    } catch (error) {
      done.push(failed(settings, partition, error));
    }
  }
  try {
    const recovered = begun.map(({ partition }) => partition);
    const lost = begun.length === 0 ? new Map<number, Lost>() : await findLost(settings, recovered);
    for (const each of begun) {
      try {
        done.push(await finish(settings, each, lost.get(each.partition) ?? nothingLost));
      } catch (error) {
        done.push(failed(settings, each.partition, error));
      }
    }
  } catch (error) {
    // The provider cannot say what it knows: without that a buyer might be cheated, so they stay closed.
    done.push(...begun.map(({ partition }) => failed(settings, partition, error)));
  } finally {
    for (const { partition } of begun)
      await settings.leases.release(leaseOf(partition), settings.owner).catch(() => undefined);
  }
  return done.toSorted((a, b) => a.partition - b.partition);
}

const leaseOf = (partition: number) => `recover:${partition}`;

function failed(settings: RecoverySettings, partition: number, error: unknown): Recovered {
  settings.log.warn({ err: error, partition }, "a recovery did not get on and is tried again");
  const reason = error instanceof Error ? error.message : String(error);
  return { partition, outcome: "failed", reason, ...nothing };
}

interface Begun {
  partition: number;
  epoch: number;
  outcome: "continued" | "rebuilt";
}

/** Closes the partition in a new epoch, brings the store up to what survives of the log, and rebuilds what does not continue it. */
async function begin(
  settings: RecoverySettings,
  partition: number,
  standing: PartitionStanding,
): Promise<Begun | undefined> {
  const { inventory, epochs, leases, rows, owner, clock } = settings;
  const now = clock();
  if (!(await leases.acquire(leaseOf(partition), owner, now, now + leaseMs))) return undefined;
  const from = await epochs.of(partition);
  const epoch = await epochs.take(partition, from, Math.max(from, standing.epoch, standing.recovery));
  if (epoch === undefined) return undefined;
  await inventory.begin(partition, epoch);
  // From here on nobody decides: where it stands now is where it stands.
  const { sequence, hash } = await inventory.standing(partition);
  if (await continues(settings, partition, { sequence, hash })) {
    await settings.applyUpTo(partition, sequence, epoch);
    // What was applied may have closed it (R7): then somebody has to look first.
    const { closed } = standing.closed === "" ? await inventory.standing(partition) : { closed: "" };
    if (closed !== "") throw new Error(`what survived of its log is at fault: ${closed}`);
    if (standing.closed === "" && (await inventory.check(partition, epoch)) === undefined)
      return { partition, epoch, outcome: "continued" };
  }
  const mark = await rows.appliedMark(partition);
  await inventory.wipe(partition, epoch, mark);
  let page: RebuiltShowing[] = [];
  for await (const stored of rows.showingsOf(partition, now - keepShowingsMs)) {
    page.push(rebuilt(stored));
    if (page.length < showingsAtOnce) continue;
    await inventory.rebuildShowings(partition, epoch, page, now);
    page = [];
  }
  await inventory.rebuildShowings(partition, epoch, page, now);
  await inventory.rebuildOrders(partition, epoch, await rows.unfinishedOrders(partition), now);
  return { partition, epoch, outcome: "rebuilt" };
}

/**
 * Whether the log there is goes on from what the store has: no entry is missing between them, and none of what the store applied
 * was another. The store's last entry itself may have been trimmed, or wiped by the recovery before this one.
 */
async function continues(
  { inventory, rows }: RecoverySettings,
  partition: number,
  head: { sequence: number; hash: string },
): Promise<boolean> {
  const mark = await rows.appliedMark(partition);
  if (head.sequence < mark.sequence) return false;
  if (head.sequence === mark.sequence) return head.hash === mark.hash;
  const next = await inventory.entry(partition, mark.sequence + 1);
  return next !== undefined && isChained(mark.hash, JSON.stringify(next.body), next.hash);
}

/** A showing of the store, place by place as the inventory has it. */
function rebuilt({ closed, blocked, places, orders, ...showing }: StoredShowing): RebuiltShowing {
  const states = Array.from({ length: showing.placeCount }, () => "f");
  const generations = new Map<number, number>();
  const admissions = new Map<number, { at: number; gate: string }>();
  for (const { place, status, generation, admittedAt, gate = "" } of places) {
    if (admittedAt !== undefined && status !== "free") admissions.set(place, { at: admittedAt, gate });
    const admitted = admissions.has(place);
    states[place] = { free: "f", paying: "p", sold: admitted ? "a" : "s", refunding: admitted ? "w" : "v" }[status];
    const last = status === "paying" ? generation - 1 : generation;
    if (last !== (status === "sold" || status === "refunding" ? 1 : 0)) generations.set(place, last);
  }
  for (const place of blocked) states[place] = "b";
  return { showing, closed, states: states.join(""), generations, admissions, orders };
}

/** Enters what was lost, and lets the partition sell. */
async function finish(
  settings: RecoverySettings,
  { partition, epoch, outcome }: Begun,
  lost: Lost,
): Promise<Recovered> {
  const { inventory } = settings;
  const entered = await enterLost(settings, partition, epoch, lost);
  const wrong = await inventory.check(partition, epoch);
  if (wrong !== undefined) throw new Error(`partition ${partition} does not add up after its recovery: ${wrong}`);
  await inventory.open(partition, epoch);
  return { partition, outcome, ...entered };
}
