// A fleet of real processes is struck while people buy. After each strike it heals and comes to rest within a minute, `marquee
// verify` finds it whole, and an independent checker finds every word kept that a client was given. `npm run test:faults` goes
// through many more.

import { after, before, describe, it } from "node:test";
import { testSeed } from "../../seed.ts";
import {
  edgeReloaded,
  flushed,
  hungAt,
  killedAt,
  oldFile,
  postgresOf,
  redisOf,
  serverHungAt,
  serverKilledAt,
  staleReplicaPromoted,
  type Fault,
} from "./faults.ts";
import type { Habits } from "./buyers.ts";
import { openStruckTown, type StruckTown } from "./town.ts";

/** Nobody but the sales log knows who was let in last: what loses it loses that. */
const nobodyEnters = { scan: false };

const faults: readonly (readonly [name: string, fault: Fault, habits?: Partial<Habits>])[] = [
  ["everything in Redis is flushed", flushed, nobodyEnters],
  ["a replica is promoted that lacks what was sold last", staleReplicaPromoted, nobodyEnters],
  ["Redis comes back with a file from before the last sales", oldFile, nobodyEnters],
  ["an application process is killed when it has sold and not answered", killedAt("after:confirm")],
  ["a worker is killed when it has committed and not acknowledged", killedAt("after:apply")],
  ["Redis is killed as a sale is to be confirmed, and comes back", serverKilledAt("after:authorise", redisOf)],
  ["PostgreSQL hangs as a worker is to commit", serverHungAt("before:apply", postgresOf, 3_000)],
  ["two workers have one partition, because the first one hung", hungAt("before:apply")],
  ["nginx takes its configuration again", edgeReloaded],
];

const seed = testSeed();

describe(`a fleet keeps its word (TEST_SEED=${seed})`, () => {
  let town: StruckTown;
  before(async () => {
    town = await openStruckTown(seed);
  });
  after(() => town.close());

  for (const [name, fault, habits] of faults) {
    it(`when ${name}`, async (t) => t.diagnostic(await town.through(fault, habits)));
  }

  it("and has kept all of it in the end", () => town.lookAtAll());
});
