// The reading routes over a small world, with the real inventory behind counts and seats.

import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createResponseCache } from "../../src/http/cached.ts";
import { placeRoutes } from "../../src/http/routes/places.ts";
import { showingRoutes } from "../../src/http/routes/showings.ts";
import { showRoutes } from "../../src/http/routes/shows.ts";
import { venueRoutes } from "../../src/http/routes/venues.ts";
import { createServer } from "../../src/http/server.ts";
import { newHoldId } from "../../src/domain/ids.ts";
import { openMemoryInventory } from "../../src/inventory/memory/create.ts";
import type { Showing } from "../../src/catalogue/model.ts";
import { refOf } from "../../src/sales/deps.ts";
import { availability, freeOf } from "../../src/sales/stock.ts";
import { countingBytes } from "../accounts/setting.ts";
import { openWorld, type World } from "./setting.ts";

export async function openReading(world: World) {
  const opened = await openWorld(world);
  const { catalogue, clock, time } = opened;
  const inventory = await openMemoryInventory({
    file: join(opened.folder, "sales.db"),
    partitions: 4,
    now: time.now,
    onFatal(error) {
      throw error;
    },
    onClosed: () => undefined,
  });
  const sales = {
    availability: (showing: Showing) => availability({ inventory, catalogue }, showing),
    freeOf: (showings: readonly Showing[]) => freeOf({ inventory }, showings),
    seatStates: (showing: Showing) => inventory.seats(refOf(showing)),
    watchSeats: async (showing: Showing, listener: Parameters<typeof inventory.watch>[1]) =>
      inventory.watch(refOf(showing), listener),
  };
  const server = await createServer({ logger: false, trustProxy: false, secure: false, writesPerMinute: 0 });
  const services = { catalogue, sales, clock, cache: createResponseCache(clock) };
  showRoutes(server, services);
  venueRoutes(server, services);
  showingRoutes(server, services);
  placeRoutes(server, services);
  await server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/v1`;
  const random = countingBytes();
  return {
    ...opened,
    server,
    url,
    /** The answer's status and body; of a problem its `code` and `field` are of interest. */
    async get(path: string, headers: Record<string, string> = {}) {
      const response = await fetch(url + path, { headers });
      const text = await response.text();
      // What a test looks into depends on the route.
      const body = (text === "" ? {} : JSON.parse(text)) as Record<string, never>;
      return { status: response.status, headers: response.headers, body };
    },
    /** Holds places of a showing by number. */
    hold(showing: Showing, places: readonly number[]) {
      return inventory.hold({
        showing: refOf(showing),
        holdId: newHoldId(showing.id, random),
        holder: "g:somebody",
        network: "192.0.2",
        pick: { kind: "named", places },
        terms: { prices: showing.prices, tiers: places.map(() => "adult") },
        now: time.now,
        holdMs: 480_000,
        limits: { perShowing: 100, perNetwork: 0, abandoned: 0, windowMs: 0, cooldownMs: 0 },
      });
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await inventory.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}
