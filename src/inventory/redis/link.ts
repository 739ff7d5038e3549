// Calls of the function library: by partition, with the epoch this process believes in, and, where a replica stands by, answered
// only after the replica has what was decided.

import { setTimeout as wait } from "node:timers/promises";
import type { RedisConnection } from "../../redis/connect.ts";
import { recordKey } from "./keys.ts";
import { functionName, isFunctionMissing } from "./library.ts";

/** A reply of a function: a word, then facts. */
export type Reply = readonly [word: string, ...facts: string[]];

export interface LinkSettings {
  connection: RedisConnection;
  partitions: number;
  /** Replicas that must have a durable decision before it is answered. */
  replicas: number;
  /** A partition stopped selling: an alarm. */
  onClosed(partition: number, reason: string): void;
}

interface Standing {
  /** The epoch it sold in when last looked at. */
  epoch: string;
  /** Why it does not sell, as far as this process knows. */
  closed?: string;
}

/** Written after the partition's call in the same batch; settles it. */
interface Waiting {
  command: readonly [name: string, keys: readonly string[], args: readonly string[]];
  settle: PromiseWithResolvers<Reply>;
}

/** How long a look at all partitions waits for others who want one. */
const gatherMs = 50;
/** How long a replica may take to have what was decided. */
const replicaMs = 1_000;
export const closedReply: Reply = ["closed"];
/** Why a partition does not sell whose server has no library, or one of another interface. */
const noFunctions = "Redis has no function library that this program can use";

export class Link {
  readonly settings: LinkSettings;
  private readonly standing: Standing[];
  /** Durable calls that wait for the batch before them, by where they go. */
  private readonly batches = new Map<string, { waiting: Waiting[]; busy: boolean }>();

  private soon?: Promise<void>;

  constructor(settings: LinkSettings) {
    this.settings = settings;
    this.standing = Array.from({ length: settings.partitions }, () => ({ epoch: "0", closed: "not looked at yet" }));
  }

  get connection(): RedisConnection {
    return this.settings.connection;
  }

  get isCluster(): boolean {
    return this.connection.isCluster;
  }

  epoch(partition: number): number {
    return Number(this.at(partition).epoch);
  }

  closedPartitions(): { partition: number; reason: string }[] {
    return this.standing.flatMap(({ closed }, partition) =>
      closed === undefined ? [] : [{ partition, reason: closed }],
    );
  }

  /** Whether a partition does not sell because its server has no function that this program can call. */
  lacksFunctions(): boolean {
    return this.standing.some(({ closed }) => closed === noFunctions);
  }

  /** What every partition says of itself now. Partitions that another process opened sell here, too. */
  async refreshAll(): Promise<void> {
    await Promise.all(this.standing.map((_, partition) => this.refresh(partition)));
  }

  /** The same, begun in a moment and for everybody who asks until then: who makes ids up must not keep Redis busy. */
  refreshSoon(): Promise<void> {
    this.soon ??= wait(gatherMs).then(() => {
      delete this.soon;
      return this.refreshAll();
    });
    return this.soon;
  }

  /** Looks again at a partition; answers whether it sells. */
  async refresh(partition: number): Promise<boolean> {
    const standing = this.at(partition);
    let state: PartitionRecord;
    try {
      state = await readRecord(this.connection, partition);
    } catch (error) {
      this.close(partition, isFunctionMissing(error) ? noFunctions : "Redis does not answer");
      return false;
    }
    standing.epoch = state.epoch;
    if (state.gate === state.epoch && state.gate !== "") delete standing.closed;
    else this.close(partition, state.closed || "it waits for its recovery");
    return standing.closed === undefined;
  }

  private close(partition: number, reason: string): void {
    const standing = this.at(partition);
    if (standing.closed === reason) return;
    const sold = standing.closed === undefined;
    standing.closed = reason;
    if (sold) this.settings.onClosed(partition, reason);
  }

  /** Closes a partition until somebody recovers it by hand. */
  stop(partition: number, reason: string): void {
    this.close(partition, reason);
    this.send("close", [recordKey(partition)], [reason]).catch(() => undefined);
  }

  /**
   * Calls a function that decides about a partition. `closed` if it does not sell, if Redis does not answer, or if a replica does
   * not have the decision in time: then it may have been made, and asking again tells.
   */
  async decide(
    name: string,
    partition: number,
    args: readonly string[],
    durable: boolean,
    moreKeys: readonly string[] = [],
  ): Promise<Reply> {
    for (let attempt = 0; ; attempt += 1) {
      const { epoch } = this.at(partition);
      let reply: Reply;
      try {
        reply = await this.call(name, [recordKey(partition), ...moreKeys], [epoch, ...args], durable);
      } catch (error) {
        this.heed(partition, error);
        return closedReply;
      }
      if (reply[0] !== "closed") {
        delete this.at(partition).closed;
        return reply;
      }
      // Another process may have recovered it meanwhile: it sells in a new epoch.
      if (attempt > 0 || !(await this.refresh(partition)) || this.at(partition).epoch === epoch) return closedReply;
    }
  }

  /** What a failed call means for its partition. */
  private heed(partition: number, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (text.startsWith("INVARIANT ")) this.close(partition, text.slice("INVARIANT ".length));
    else if (isFunctionMissing(error)) this.close(partition, noFunctions);
    // A fault in a function: what it wrote before is kept, so nobody may build on it.
    else if (/user_function|marquee\d+_/.test(text)) this.stop(partition, text);
  }

  private call(name: string, keys: readonly string[], args: readonly string[], durable: boolean): Promise<Reply> {
    if (!durable || this.settings.replicas === 0) return this.send(name, keys, args);
    const settle = Promise.withResolvers<Reply>();
    // In a cluster a batch has one partition: its keys lie on one server.
    const where = this.isCluster ? (keys[0] ?? "") : "";
    const batch = this.batches.get(where) ?? { waiting: [], busy: false };
    this.batches.set(where, batch);
    batch.waiting.push({ command: [name, keys, args], settle });
    if (!batch.busy) void this.flush(batch);
    return settle.promise;
  }

  private async send(name: string, keys: readonly string[], args: readonly string[]): Promise<Reply> {
    return (await this.connection.fcall(functionName(name), keys.length, ...keys, ...args)) as Reply;
  }

  /** Sends what waits, and one WAIT for all of it; goes on until nothing waits. */
  private async flush(batch: { waiting: Waiting[]; busy: boolean }): Promise<void> {
    batch.busy = true;
    while (batch.waiting.length > 0) {
      const calls = batch.waiting;
      batch.waiting = [];
      const pipeline = this.connection.pipeline();
      for (const { command } of calls) {
        const [name, keys, args] = command;
        pipeline.fcall(functionName(name), keys.length, ...keys, ...args);
      }
      pipeline.call("WAIT", this.settings.replicas, replicaMs);
      try {
        const results = (await pipeline.exec()) ?? [];
        const [waitError, acknowledged] = results.at(-1) ?? [];
        const safe = !waitError && Number(acknowledged) >= this.settings.replicas;
        for (const [index, { settle }] of calls.entries()) {
          const [error, reply] = results[index] ?? [new Error("no reply")];
          if (error) settle.reject(error);
          else if (safe || (reply as Reply)[0] === "closed") settle.resolve(reply as Reply);
          else settle.reject(new Error("no replica has the decision"));
        }
      } catch (error) {
        for (const { settle } of calls) settle.reject(error);
      }
    }
    batch.busy = false;
  }

  private at(partition: number): Standing {
    const standing = this.standing[partition];
    if (!standing) throw new RangeError(`no partition ${partition}`);
    return standing;
  }
}

/** What a partition's record says. */
export interface PartitionRecord {
  /** The epoch its gate is open for; "" while it is closed. */
  gate: string;
  epoch: string;
  sequence: number;
  hash: string;
  /** Up to here the store has applied. */
  applied: number;
  /** The epoch of the last recovery that began. */
  recovery: number;
  /** Why it was closed for good; "" if it was not. */
  closed: string;
}

export async function readRecord(connection: RedisConnection, partition: number): Promise<PartitionRecord> {
  const [gate = "", epoch = "0", sequence, hash = "", applied, recovery, closed = ""] = (await connection.fcall(
    functionName("state"),
    1,
    recordKey(partition),
  )) as string[];
  return {
    gate,
    epoch,
    sequence: Number(sequence),
    hash,
    applied: Number(applied),
    recovery: Number(recovery),
    closed,
  };
}
