// The limit of the transaction layer: the very calls that the port makes, recorded once and then given to an emptied Redis as fast
// as it takes them. The commands lie ready as bytes, of an answer only its end and its first letter are read; no port, no promise and no
// JSON is in between. redis-benchmark itself can repeat a hold, but not a purchase, whose three calls name one hold and one order.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { RedisConnection } from "../../src/redis/connect.ts";

/** What one purchase sends, in order. */
export type Calls = readonly Buffer[];

/** A command as it goes over the wire. */
function wire(words: readonly (string | number)[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join("")}`);
}

/** What each purchase calls through this connection while `run` runs: every call names the order or its hold. */
export async function record(
  connection: RedisConnection,
  purchases: readonly { holdId: string; orderId: string }[],
  run: () => Promise<unknown>,
): Promise<Calls[]> {
  const calls = new Map<string, Buffer[]>();
  for (const { holdId, orderId } of purchases) {
    const own: Buffer[] = [];
    calls.set(holdId, own).set(orderId, own);
  }
  const original = connection.fcall.bind(connection) as (...words: (string | number)[]) => Promise<unknown>;
  const spy = (...words: (string | number)[]) => {
    const name = words.find((word) => calls.has(String(word)));
    if (name !== undefined) calls.get(String(name))?.push(wire(["FCALL", ...words]));
    return original(...words);
  };
  Object.assign(connection, { fcall: spy });
  await run();
  Object.assign(connection, { fcall: original });
  return purchases.map(({ orderId }) => calls.get(orderId) ?? []);
}

/**
 * Lets `lanes` buyers make these purchases, each its calls one after the other, over so many connections; answers purchases a second.
 * Throws if an answer does not begin with one of `letters`: the call did something else than it did when it was recorded.
 */
export async function replay(
  port: number,
  purchases: readonly Calls[],
  { lanes, connections, letters, ms }: { lanes: number; connections: number; letters: string; ms: number },
): Promise<number> {
  const cables = await Promise.all(Array.from({ length: connections }, () => Cable.open(port, letters)));
  const began = performance.now();
  let next = 0;
  let made = 0;
  const done = Promise.withResolvers<void>();
  let running = lanes;
  const buy = (cable: Cable) => {
    const calls = performance.now() - began < ms ? purchases[next] : undefined;
    if (!calls) {
      running -= 1;
      if (running === 0) done.resolve();
      return;
    }
    next += 1;
    let at = 0;
    const step = () => {
      const call = calls[at];
      at += 1;
      if (call) return cable.ask(call, step);
      made += 1;
      buy(cable);
    };
    step();
  };
  for (let lane = 0; lane < lanes; lane += 1) buy(cables[lane % connections] as Cable);
  await Promise.race([done.promise, ...cables.map(({ broken }) => broken)]);
  const seconds = (performance.now() - began) / 1_000;
  for (const cable of cables) cable.close();
  return made / seconds;
}

/** One connection with any number of calls under way; those of one turn leave in one write. */
class Cable {
  /** Rejects when an answer is wrong or the connection ends. */
  readonly broken: Promise<never>;
  private readonly socket: Socket;
  private readonly letters: string;
  private readonly waiting: (() => void)[] = [];
  private answered = 0;
  private received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, letters: string) {
    this.socket = socket;
    this.letters = letters;
    const broken = Promise.withResolvers<never>();
    broken.promise.catch(() => undefined);
    this.broken = broken.promise;
    socket.on("error", (error) => broken.reject(error));
    socket.on("data", (data: Buffer) => {
      try {
        this.read(data);
      } catch (error) {
        broken.reject(error);
        socket.destroy();
      }
    });
  }

  static async open(port: number, letters: string): Promise<Cable> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new Cable(socket, letters);
  }

  ask(call: Buffer, then: () => void): void {
    if (this.socket.writableCorked === 0) {
      this.socket.cork();
      setImmediate(() => this.socket.uncork());
    }
    this.waiting.push(then);
    this.socket.write(call);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(data: Buffer): void {
    const bytes = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
    let from = 0;
    for (let end = endOf(bytes, 0); end !== -1; end = endOf(bytes, from)) {
      const letter = String.fromCharCode(bytes[bytes.indexOf("\r\n", from + 5) + 2] ?? 0);
      if (bytes[from] !== array || !this.letters.includes(letter))
        throw new Error(`Redis answered ${bytes.toString("utf8", from, end)}`);
      from = end;
      this.waiting[this.answered]?.();
      this.answered += 1;
    }
    this.received = bytes.subarray(from);
  }
}

const array = 0x2a;
const bulk = 0x24;
const lineEnd = 0x0d;

/** Where the answer that begins at `from` ends: an array of texts, or a line; -1 if that is not here yet. */
function endOf(bytes: Buffer, from: number): number {
  let at = from;
  let left = 1;
  while (left > 0) {
    const kind = bytes[at];
    let value = 0;
    for (at += 1; at < bytes.length && bytes[at] !== lineEnd; at += 1) value = value * 10 + (bytes[at] ?? 0) - 0x30;
    at += 2;
    if (at > bytes.length) return -1;
    left -= 1;
    if (kind === array) left += value;
    if (kind === bulk) at += value + 2;
  }
  return at > bytes.length ? -1 : at;
}
