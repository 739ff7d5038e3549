// How a process behind a balancer stops so that no request is lost: not even one that may not be sent twice.

import { Server as Listener } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "../http/server.ts";

/** How long connections that are kept open are still served when nobody new can connect. */
const lingerMs = 300;

/**
 * Goes on answering for `drainMs`, each answer ending its connection, then refuses new connections. A balancer takes a refused
 * one to another process; one that is reset after its request was sent it may not repeat. So nothing that waits to be accepted
 * may be left when the listener closes: right after the event loop has polled, there is nothing. What is kept open is served a
 * while longer, until the balancer was refused and leaves this process out.
 */
export async function drain(server: Server, drainMs: number): Promise<void> {
  await sleep(drainMs);
  await new Promise(setImmediate);
  // Of http's own close only this part: it would end connections on which a request may be on its way.
  Listener.prototype.close.call(server.server);
  await sleep(lingerMs);
}
