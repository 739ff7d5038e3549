// The cache computes nothing: the clients do. A showing's seats and holds are one value; whoever decides reads it, changes it and
// stores it only if nobody else did meanwhile, else tries again.

import type { LocalMemcached } from "../../deploy/local/memcached.ts";
import { partitionOf } from "../../src/domain/ids.ts";
import type { ShowingRef } from "../../src/inventory/port.ts";
import { Memcached } from "./memcached-client.ts";
import { draftOf, holdMs, type BackEnd, type Sale } from "./sale.ts";

interface HeldPlaces {
  places: readonly number[];
  until: number;
  orderId?: string;
}

interface Blob {
  /** Holds and payments under way, by hold id. */
  holds: Record<string, HeldPlaces>;
  /** A letter a place. */
  states: Buffer;
}

const free = "f".charCodeAt(0);
const held = "h".charCodeAt(0);
const paying = "p".charCodeAt(0);
const sold = "s".charCodeAt(0);

function encode({ holds, states }: Blob): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(holds)}\n`), states]);
}

function decode(data: Buffer): Blob {
  const end = data.indexOf(10);
  return {
    holds: JSON.parse(data.toString("utf8", 0, end)) as Blob["holds"],
    states: Buffer.from(data.subarray(end + 1)),
  };
}

function endOld(blob: Blob, now: number): void {
  for (const [holdId, hold] of Object.entries(blob.holds)) {
    if (hold.orderId !== undefined || hold.until > now) continue;
    for (const place of hold.places) blob.states[place] = free;
    delete blob.holds[holdId];
  }
}

/** The best of 4, 16, 64 and 256 for 64 clients on one value. */
const longestWaitMs = 64;

/** Retries at once at first, then waits for a random time that doubles: many clients on one value starve each other otherwise. */
function backOff(attempt: number): Promise<void> {
  if (attempt < 2) return Promise.resolve();
  const wait = Math.random() * Math.min(longestWaitMs, 2 ** (attempt - 1));
  return new Promise((resolve) => setTimeout(resolve, wait));
}

export interface MemcachedBackEnd extends BackEnd {
  /** Connects to those that run now. */
  reconnect(): Promise<void>;
}

/** Clients over servers, a power of two of them; a showing lives on one of them, and on the next when its own does not answer. */
export async function sellOverMemcached(servers: readonly LocalMemcached[]): Promise<MemcachedBackEnd> {
  const connectAll = () =>
    Promise.all(servers.filter((server) => server.running()).map((server) => Memcached.open(server.port)));
  let clients = await connectAll();
  const clientOf = (showing: ShowingRef) => {
    const at = partitionOf(showing.showingId, clients.length);
    for (let step = 0; step < clients.length; step += 1) {
      const client = clients[(at + step) % clients.length];
      if (client?.isOpen()) return client;
    }
    throw new Error("no memcached answers");
  };
  const keyOf = (showing: ShowingRef) => `showing:${showing.showingId}`;
  const blobOf = async (showing: ShowingRef) => {
    const found = await clientOf(showing).gets(keyOf(showing));
    const blob = found ? decode(found.data) : { holds: {}, states: Buffer.alloc(showing.placeCount, free) };
    return { found, blob };
  };
  /** Reads, lets `decide` change the blob, and stores it unless it was refused; again until nobody was faster. */
  const change = async ({ showing }: Sale, decide: (blob: Blob) => boolean): Promise<boolean> => {
    for (let attempt = 0; ; attempt += 1) {
      const { found, blob } = await blobOf(showing);
      endOld(blob, Date.now());
      if (!decide(blob)) return false;
      const client = clientOf(showing);
      const stored = found
        ? await client.cas(keyOf(showing), encode(blob), found.version)
        : await client.add(keyOf(showing), encode(blob));
      if (stored) return true;
      await backOff(attempt);
    }
  };
  const move = (blob: Blob, places: readonly number[], from: number, to: number) => {
    if (places.some((place) => blob.states[place] !== from)) return false;
    for (const place of places) blob.states[place] = to;
    return true;
  };
  const keepOrder = (sale: Sale, status: string) =>
    clientOf(sale.showing).set(`order:${sale.orderId}`, Buffer.from(JSON.stringify({ ...draftOf(sale), status })));

  return {
    name: "memcached, check-and-set",
    durability: "none",
    hold: (sale) =>
      change(sale, (blob) => {
        if (!move(blob, sale.places, free, held)) return false;
        blob.holds[sale.holdId] = { places: sale.places, until: Date.now() + holdMs };
        return true;
      }),
    async begin(sale) {
      await keepOrder(sale, "paying");
      return change(sale, (blob) => {
        const hold = blob.holds[sale.holdId];
        if (!hold || !move(blob, hold.places, held, paying)) return false;
        blob.holds[sale.holdId] = { ...hold, orderId: sale.orderId };
        return true;
      });
    },
    async confirm(sale) {
      const confirmed = await change(sale, (blob) => {
        const hold = blob.holds[sale.holdId];
        if (!hold || !move(blob, hold.places, paying, sold)) return false;
        delete blob.holds[sale.holdId];
        return true;
      });
      if (confirmed) await keepOrder(sale, "confirmed");
      return confirmed;
    },
    pids: () => servers.flatMap((server) => (server.running() ? [server.pid()] : [])),
    prepare: () => Promise.resolve(),
    states: async (showing) => (await blobOf(showing)).blob.states.toString("latin1"),
    async missing(sales) {
      const found = await Promise.all(sales.map(({ showing, orderId }) => clientOf(showing).gets(`order:${orderId}`)));
      return found.filter((order) => order?.data.includes('"confirmed"') !== true).length;
    },
    async reconnect() {
      for (const client of clients) client.close();
      clients = await connectAll();
    },
    close() {
      for (const client of clients) client.close();
      return Promise.resolve();
    },
  };
}
