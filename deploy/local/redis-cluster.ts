// A Redis Cluster on one machine: every node a server of its own.

import { setTimeout as wait } from "node:timers/promises";
import { startRedis, type LocalRedis } from "./redis.ts";

export interface LocalRedisCluster extends AsyncDisposable {
  /** The masters' addresses: enough to find the others. */
  readonly urls: readonly string[];
  /** Masters first, then their replicas in the same order. */
  readonly nodes: readonly LocalRedis[];
  /** Resolves when every running node says that all slots are served. */
  ready(): Promise<void>;
  /** Ends all nodes and leaves nothing behind. */
  stop(): Promise<void>;
}

const slots = 16_384;
const readyWithinMs = 30_000;

/** Starts a cluster, the slots spread evenly over its masters; resolves when every node knows all others and serves. */
export async function startRedisCluster({
  masters = 3,
  replicas = 0,
  appendfsync = "always",
}: {
  masters?: number;
  replicas?: 0 | 1;
  appendfsync?: "always" | "everysec" | "no";
} = {}): Promise<LocalRedisCluster> {
  const started = await Promise.allSettled(
    Array.from({ length: masters * (1 + replicas) }, () => startRedis({ cluster: true, appendfsync })),
  );
  const nodes = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  const ready = async () => {
    await Promise.all(nodes.filter((node) => node.running()).map((node) => until(node, serves)));
  };
  try {
    for (const result of started) if (result.status === "rejected") throw result.reason;
    await introduce(nodes, masters);
    await ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: nodes.slice(0, masters).map((node) => node.url.replace("redis:", "redis-cluster:")),
    nodes,
    ready,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function introduce(nodes: readonly LocalRedis[], masters: number): Promise<void> {
  const [first] = nodes;
  if (!first) throw new RangeError("a cluster needs a node");
  const firstSlot = (index: number) => Math.floor((index * slots) / masters);
  for (const [index, node] of nodes.entries()) {
    // Epochs of their own, so that nobody has to vote over who came first.
    await node.command("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
    if (index < masters) {
      const range = [firstSlot(index), firstSlot(index + 1) - 1].map(String);
      await node.command("CLUSTER", "ADDSLOTSRANGE", ...range);
    }
    if (node !== first) await first.command("CLUSTER", "MEET", "127.0.0.1", String(node.port), await busPort(node));
  }
  for (const node of nodes) await until(node, async () => (await knownNodes(node)) === nodes.length);
  for (const [index, node] of nodes.entries()) {
    if (index < masters) continue;
    const master = nodes[index % masters] as LocalRedis;
    await node.command("CLUSTER", "REPLICATE", await master.command("CLUSTER", "MYID"));
    await until(node, async () => (await node.command("INFO", "replication")).includes("master_link_status:up"));
  }
}

async function busPort(node: LocalRedis): Promise<string> {
  return (await node.command("CONFIG", "GET", "cluster-port")).split("\n")[1] ?? "";
}

/** Nodes in contact, itself included. */
async function knownNodes(node: LocalRedis): Promise<number> {
  const lines = (await node.command("CLUSTER", "NODES")).split("\n").filter((line) => line !== "");
  return lines.filter((line) => !/handshake|noaddr|fail/.test(line) && /connected(?: |$)/.test(line)).length;
}

async function serves(node: LocalRedis): Promise<boolean> {
  const info = await node.command("CLUSTER", "INFO");
  return info.includes("cluster_state:ok") && info.includes(`cluster_slots_ok:${slots}`);
}

async function until(node: LocalRedis, holds: (node: LocalRedis) => Promise<boolean>): Promise<void> {
  const end = performance.now() + readyWithinMs;
  while (!(await holds(node).catch(() => false))) {
    if (performance.now() > end) throw new Error(`${node.name} did not join its cluster:\n${node.log()}`);
    await wait(20);
  }
}
