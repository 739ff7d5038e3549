// The bus over Redis pub/sub, one server or a cluster: a plain PUBLISH reaches the subscribers of every node.
//
// Pub/sub forgets: whoever is not connected at that moment misses the message and is not told. So every process numbers its
// messages, sends an empty one when it has nothing to say, and listens for its own. A number that is missing is a gap for
// whoever misses it; a message that could not be sent is a number that is missing everywhere.

import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { connectRedis } from "../redis/connect.ts";
import type { Bus, Topics } from "./port.ts";

export interface RedisBusSettings {
  /** As src/redis/connect.ts takes them: a master and its replicas, or nodes of a cluster. */
  urls: readonly string[];
  /** How often a process is heard at least, in ms: a gap is noticed that late at most. */
  beatMs?: number;
  /** How long Redis may take to bring the first news. */
  openWithinMs?: number;
}

interface Message {
  from: string;
  /** 1, 2, 3 … in the order in which they were sent. */
  number: number;
  news: readonly (readonly [topic: keyof Topics, news: Topics[keyof Topics]])[];
}

const channel = "marquee:news";
/** News in one message; a seller's change of a whole season makes some hundred. */
const newsAtOnce = 500;
/** News that wait to be sent. Beyond that they are let go, which makes a gap: looking again costs less than reading them all. */
const mostWaiting = 5_000;
/** Beats without a message of one's own coming back, before other connections are tried. */
const unheardBeats = 4;
/** Processes whose numbers are kept, those heard last. */
const mostKnown = 1_000;
/** A message gets so long to be sent. */
const sendWithinMs = 2_000;
/** The last news get so long to leave. */
const closeWithinMs = 500;

/** Opens the bus; from its answer on, news of others are heard. Throws if its own do not come back in time. */
export async function openRedisBus({ urls, beatMs = 500, openWithinMs = 10_000 }: RedisBusSettings): Promise<Bus> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const id = randomUUID();
  const heard = createHeard(id);
  let links = 0;
  let link = connect();
  let number = 0;
  let unheard = 0;
  let waiting: Message["news"][number][] = [];
  let sending: Promise<void> | undefined;
  let closed = false;
  const opened = Promise.withResolvers<void>();

  function connect() {
    const [to, from] = nodesOf(urls, links);
    const sender = connectRedis({ urls: to, name: "bus" });
    const listener = connectRedis({ urls: from, name: "bus-listener" });
    listener.on("message", (_channel: string, text: string) => take(text));
    // It subscribes again by itself whenever it was connected anew; a first try that fails is made up for by `beat`.
    listener.subscribe(channel).then(start, () => undefined);
    return { sender, listener };
  }
  function disconnect(): void {
    link.sender.disconnect();
    link.listener.disconnect();
  }
  function take(text: string): void {
    const message = parse(text);
    const isGap = !message || heard.misses(message);
    if (message?.from === id) {
      unheard = 0;
      opened.resolve();
      // What this process said itself was delivered when it said it.
    } else for (const [topic, news] of message?.news ?? []) emitter.emit(topic, news);
    if (isGap) emitter.emit("gap");
  }

  async function send(): Promise<void> {
    do {
      const news = waiting.splice(0, newsAtOnce);
      number += 1;
      try {
        const message = JSON.stringify({ from: id, number, news } satisfies Message);
        // A connection that never says how it went must not end all sending: what is late is as good as lost.
        await Promise.race([link.sender.publish(channel, message), sleep(sendWithinMs, undefined, { ref: false })]);
      } catch {
        // The next message shows everybody that one is missing.
      }
    } while (waiting.length > 0);
  }
  function start(): void {
    // News of the same turn of the event loop share a message.
    sending ??= Promise.resolve()
      .then(send)
      .finally(() => (sending = undefined));
  }
  function beat(): void {
    start();
    unheard += 1;
    if (unheard < unheardBeats) return;
    unheard = 0;
    disconnect();
    links += 1;
    link = connect();
  }

  const timer = setInterval(beat, beatMs).unref();
  const close = async () => {
    clearInterval(timer);
    closed = true;
    await Promise.race([sending, sleep(closeWithinMs)]);
    disconnect();
    emitter.removeAllListeners();
  };
  const late = setTimeout(() => opened.reject(new Error("Redis brings no news: nothing comes back")), openWithinMs);
  try {
    await opened.promise;
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(late);
  }
  return {
    publish(topic, news) {
      emitter.emit(topic, news);
      if (closed) return;
      if (waiting.length >= mostWaiting) {
        waiting = [];
        number += 1;
      }
      waiting.push([topic, news]);
      start();
    },
    subscribe(topic, listener) {
      emitter.on(topic, listener);
      return () => void emitter.off(topic, listener);
    },
    onGap(listener) {
      emitter.on("gap", listener);
      return () => void emitter.off("gap", listener);
    },
    close,
  };
}

/**
 * Where to speak and where to listen at a try. In a cluster these are two nodes as long as there are two: what comes back has then
 * passed between nodes. Each is connected to by itself, as every node brings all news to its subscribers.
 */
function nodesOf(urls: readonly string[], tries: number): [to: readonly string[], from: readonly string[]] {
  if (!urls[0]?.startsWith("redis-cluster:")) return [urls, urls];
  const node = (index: number) => [(urls[index % urls.length] ?? "").replace(/^redis-cluster:/, "redis:")];
  return [node(tries), node(tries + 1 + Math.floor(tries / urls.length))];
}

/** Which message came last from each process. */
function createHeard(self: string) {
  const last = new Map<string, number>();
  return {
    /** Whether messages are missing before this one. A process heard for the first time begins with 1. */
    misses({ from, number }: Message): boolean {
      const before = last.get(from);
      // Kept in the order in which they were heard last, so that those that ended go first.
      last.delete(from);
      last.set(from, number);
      const [oldest] = last.keys();
      if (last.size > mostKnown && oldest !== undefined) last.delete(oldest);
      // This process may have sent some before its listener was there.
      if (before === undefined && from === self) return false;
      return number !== (before ?? 0) + 1;
    },
  };
}

function parse(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}
