// As much of memcached's text protocol as check-and-set needs, on one connection with any number of questions under way:
// answers come in the order of the questions.

import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Found {
  data: Buffer;
  /** What `cas` must be given, to store only if nobody else did since. */
  version: string;
}

type Answer = Found | string | undefined;

const newline = Buffer.from("\r\n");

export class Memcached {
  private readonly socket: Socket;
  private readonly pending: PromiseWithResolvers<Answer>[] = [];
  private received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (data: Buffer) => {
      this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
      while (this.readAnswer());
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      for (const { reject } of this.pending.splice(0)) reject(new Error("memcached closed the connection"));
    });
  }

  static async open(port: number): Promise<Memcached> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new Memcached(socket);
  }

  /** The value of a key and its version; undefined if there is none. */
  async gets(key: string): Promise<Found | undefined> {
    return (await this.ask([`gets ${key}\r\n`])) as Found | undefined;
  }

  /** Stores unless somebody else stored since `version`. */
  async cas(key: string, data: Buffer, version: string): Promise<boolean> {
    return (await this.ask([`cas ${key} 0 0 ${data.length} ${version}\r\n`, data, newline])) === "STORED";
  }

  /** Stores unless there is a value. */
  async add(key: string, data: Buffer): Promise<boolean> {
    return (await this.ask([`add ${key} 0 0 ${data.length}\r\n`, data, newline])) === "STORED";
  }

  async set(key: string, data: Buffer): Promise<void> {
    const answer = await this.ask([`set ${key} 0 0 ${data.length}\r\n`, data, newline]);
    if (answer !== "STORED") throw new Error(`memcached answered ${JSON.stringify(answer)}`);
  }

  isOpen(): boolean {
    return !this.socket.destroyed;
  }

  close(): void {
    this.socket.destroy();
  }

  private ask(parts: readonly (string | Buffer)[]): Promise<Answer> {
    if (this.socket.destroyed) return Promise.reject(new Error("memcached closed the connection"));
    const settled = Promise.withResolvers<Answer>();
    this.pending.push(settled);
    this.socket.cork();
    for (const part of parts) this.socket.write(part);
    process.nextTick(() => this.socket.uncork());
    return settled.promise;
  }

  /** Takes one whole answer off what was received; false if there is none. */
  private readAnswer(): boolean {
    const end = this.received.indexOf(newline);
    if (end === -1) return false;
    const line = this.received.toString("latin1", 0, end);
    const after = end + newline.length;
    if (!line.startsWith("VALUE ")) return this.settle(line === "END" ? undefined : line, after);
    const [, , , length = "0", version = ""] = line.split(" ");
    const dataEnd = after + Number(length);
    const whole = dataEnd + "\r\nEND\r\n".length;
    if (this.received.length < whole) return false;
    return this.settle({ data: this.received.subarray(after, dataEnd), version }, whole);
  }

  private settle(answer: Answer, taken: number): boolean {
    this.received = this.received.subarray(taken);
    this.pending.shift()?.resolve(answer);
    return true;
  }
}
