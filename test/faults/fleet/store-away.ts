// The store is stopped while people buy: lists, pages, holds and purchases go on; afterwards all of it is in the store, in order
// and once, and the backlog went faster than it came.

import { equal, ok } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { LocalPostgres } from "../../../deploy/local/postgres.ts";
import { testSeed } from "../../seed.ts";
import { openStruckTown, type StruckTown } from "./town.ts";

type Act = (store: LocalPostgres) => Promise<void>;

const ways: readonly (readonly [name: string, away: Act, back: Act])[] = [
  ["refuses", (store) => store.kill("SIGKILL"), (store) => store.restart()],
  ["hangs", (store) => store.kill("SIGSTOP"), (store) => store.kill("SIGCONT")],
];
/** Asked of each application process itself: the edge would answer with what it keeps. */
const read = ["/api/v1/shows", "/", "/api/v1/venues"];
const readEveryMs = 500;
const pollMs = 50;
const drainedWithinMs = 60_000;

/** `fasterThan`: how much faster the backlog must go than it came; left out, that is only said. */
export function storeAwayTests({ awayMs, fasterThan = 0 }: { awayMs: number; fasterThan?: number }): void {
  const seed = testSeed();
  describe(`a fleet whose store is away for ${awayMs / 1_000} s (TEST_SEED=${seed})`, () => {
    let town: StruckTown;
    before(async () => {
      town = await openStruckTown(seed, { pauseMs: 250 }, { template: "arena", redis: "single" });
    });
    after(() => town.close());

    for (const [name, away, back] of ways) {
      it(`sells on while it ${name}, and has everything in the end`, async (t) => {
        let faster = 0;
        const said = await town.through(
          async ({ fleet: { postgres }, buyers }) => {
            const before = town.told();
            await away(postgres);
            const reading = readOn(town, awayMs);
            // Somebody goes on buying to the very end.
            await Promise.all([wait(awayMs), buyers.more(10)]);
            await buyers.more(1);
            await reading;
            const backlog = town.told().difference(before);
            const start = performance.now();
            await back(postgres);
            await inStore(town, backlog);
            const drainMs = performance.now() - start;
            faster = awayMs / drainMs;
            t.diagnostic(`${backlog.size} orders in ${awayMs} ms, in the store after ${Math.round(drainMs)} ms`);
          },
          { giveBack: false, scan: false },
        );
        t.diagnostic(`the backlog went ${faster.toFixed(1)} times faster than it came; ${said}`);
        ok(faster >= fasterThan, `only ${faster} times faster`);
      });
    }
  });
}

async function readOn({ fleet }: StruckTown, ms: number): Promise<void> {
  for (let turn = 0; turn * readEveryMs < ms; turn += 1) {
    for (const { url } of fleet.apps) {
      for (const path of read) {
        const response = await fetch(url + path);
        equal(response.status, 200, `${url}${path}`);
        await response.arrayBuffer();
      }
    }
    await wait(readEveryMs);
  }
}

/** Settles when the store has these orders as confirmed. */
async function inStore({ fleet }: StruckTown, orderIds: ReadonlySet<string>): Promise<void> {
  const until = performance.now() + drainedWithinMs;
  for (;;) {
    const rows = await fleet.postgres.sql("select id from orders where status = 'confirmed'").catch(() => "");
    const missing = orderIds.difference(new Set(rows.split("\n")));
    if (missing.size === 0) return;
    if (performance.now() > until)
      throw new Error(`after ${drainedWithinMs} ms the store lacks ${missing.size} orders`);
    await wait(pollMs);
  }
}
