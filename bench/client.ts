// A small HTTP/1.1 client for load: one keep-alive connection a client, one request at a time, so that its own cost is the same
// for every server and small.

import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  body: string;
  /** From writing the request to having the whole answer, ms. */
  ms: number;
}

export interface Client {
  request(method: "GET" | "POST", path: string, body?: string): Promise<Answer>;
  close(): void;
}

/** Opens a connection to `http://host:port`. Reads answers with a Content-Length only. */
export function openClient(url: string): Promise<Client> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let pending: PromiseWithResolvers<Answer> | undefined;
  let began = 0;
  let received: Buffer = Buffer.alloc(0);

  const read = () => {
    const end = received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = received.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (received.length < end + 4 + length) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      body: received.toString("utf8", end + 4, end + 4 + length),
      ms: performance.now() - began,
    };
    received = received.subarray(end + 4 + length);
    const settled = pending;
    pending = undefined;
    settled?.resolve(answer);
  };
  socket.on("data", (data: Buffer) => {
    received = received.length === 0 ? data : Buffer.concat([received, data]);
    read();
  });
  socket.on("error", (error) => pending?.reject(error));
  socket.on("close", () => pending?.reject(new Error("the server closed the connection")));
  const client: Client = {
    request(method, path, body) {
      pending = Promise.withResolvers<Answer>();
      began = performance.now();
      const content =
        body === undefined ? "" : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${content}\r\n${body ?? ""}`);
      return pending.promise;
    },
    close: () => socket.destroy(),
  };
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(client));
    socket.once("error", reject);
  });
}

/** Runs `count` clients for `ms`, each repeating `step`; answers the requests made a second and every latency. */
export async function load(
  url: string,
  count: number,
  ms: number,
  step: (client: Client, index: number) => Promise<readonly Answer[]>,
): Promise<{ perSecond: number; latencies: number[]; statuses: Map<number, number> }> {
  const clients = await Promise.all(Array.from({ length: count }, () => openClient(url)));
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  const began = performance.now();
  const until = began + ms;
  await Promise.all(
    clients.map(async (client, index) => {
      while (performance.now() < until) {
        for (const answer of await step(client, index)) {
          latencies.push(answer.ms);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        }
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  for (const client of clients) client.close();
  return { perSecond: latencies.length / seconds, latencies, statuses };
}
