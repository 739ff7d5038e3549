// The installation's secrets: made at random at its first start, kept in a file that only its owner may read.

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { newTicketKey, type TicketKey } from "./ticket-token.ts";

export interface InstallationKeys {
  /** Opens guests' orders: 32 bytes. */
  orders: Uint8Array;
  /** Signs tickets; the first signs, all verify. To change keys, put a new one first and keep the old until its tickets are used. */
  tickets: readonly TicketKey[];
}

/** Reads the keys, or makes them if the file is not there. Throws with a sentence if the file is no key file. */
export function openKeys(file: string): InstallationKeys {
  if (!existsSync(file)) {
    const fresh = {
      orders: randomBytes(32).toString("base64url"),
      tickets: [newTicketKey(randomBytes(4).toString("hex"))],
    };
    writeFileSync(file, `${JSON.stringify(fresh, undefined, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
  }
  const read = JSON.parse(readFileSync(file, "utf8")) as { orders?: unknown; tickets?: unknown };
  if (typeof read.orders !== "string" || !Array.isArray(read.tickets) || read.tickets.length === 0) {
    throw new Error(
      `${file} is no key file: restore it from a backup; without it no ticket sold so far can be scanned`,
    );
  }
  return { orders: Buffer.from(read.orders, "base64url"), tickets: read.tickets as TicketKey[] };
}
