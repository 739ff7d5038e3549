// Every process is killed and hung at every step of a purchase, then some at once by chance. Takes its time: `npm run test:faults`.

import { after, before, describe, it } from "node:test";
import { seededRandom, testSeed } from "../../../seed.ts";
import type { Habits } from "../buyers.ts";
import {
  both,
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
} from "../faults.ts";
import { openStruckTown, type StruckTown } from "../town.ts";

const steps = [
  "before:hold",
  "after:hold",
  "before:begin",
  "after:begin",
  "after:authorise",
  "after:confirm",
  "after:capture",
  "before:refund",
  "after:refund-begun",
  "after:refund-paid",
  "before:scan",
  "after:scan",
  "before:apply",
  "after:apply",
];
/** Longer than a command to Redis may take, and than a statement's lock may. */
const hungMs = 3_000;
/** Of a worker: longer than its leases. */
const beyondLeaseMs = 6_500;

/** By whom is struck. */
const kinds: readonly (readonly [name: string, at: (step: string) => Fault])[] = [
  ["whoever gets there is killed", killedAt],
  ["whoever gets there hangs", (step) => hungAt(step, step.endsWith("apply") ? beyondLeaseMs : hungMs)],
  ["Redis is killed", (step) => serverKilledAt(step, redisOf)],
  ["Redis hangs", (step) => serverHungAt(step, redisOf, hungMs)],
  ["PostgreSQL is killed", (step) => serverKilledAt(step, postgresOf)],
  ["PostgreSQL hangs", (step) => serverHungAt(step, postgresOf, hungMs)],
];
const losing: readonly (readonly [name: string, fault: Fault])[] = [
  ["everything in Redis is flushed", flushed],
  ["a stale replica is promoted", staleReplicaPromoted],
  ["Redis comes back with an old file", oldFile],
];
/** See faults.test.ts. */
const nobodyEnters: Partial<Habits> = { scan: false };
const combinations = 12;

const seed = testSeed();
const random = seededRandom(seed);
const any = <T>(choice: readonly T[]): T => choice[Math.floor(random() * choice.length)] as T;

/** Chosen by the seed: a process dies while a server does, while the edge is reloaded, or while history is lost. */
function combined(): readonly [name: string, fault: Fault, habits?: Partial<Habits>] {
  const [kind, other] = any([...kinds.slice(2), ["nginx is reloaded", () => edgeReloaded] as const]);
  const [what, loss] = any(losing);
  if (random() < 0.3) {
    // Steps that no worker gets to: those are hung and healed by the other fault.
    const sold = any(["after:begin", "after:authorise", "after:refund-begun"]);
    return [`whoever gets to ${sold} is killed and ${what}`, both(killedAt(sold), loss), nobodyEnters];
  }
  const step = any(["after:begin", "after:authorise", "after:confirm", "after:capture", "before:apply", "after:apply"]);
  const there = any(["after:begin", "after:authorise", "after:confirm", "before:apply"]);
  return [`whoever gets to ${step} is killed and at ${there} ${kind}`, both(killedAt(step), other(there))];
}

describe(`a fleet keeps its word at every step (TEST_SEED=${seed})`, () => {
  let town: StruckTown;
  before(async () => {
    town = await openStruckTown(seed);
  });
  after(() => town.close());
  const through = (name: string, fault: Fault, habits?: Partial<Habits>) =>
    void it(name, async (t) => t.diagnostic(await town.through(fault, habits)));

  for (const [name, fault] of losing) through(`when ${name}`, fault, nobodyEnters);
  for (const step of steps) for (const [name, at] of kinds) through(`when at ${step} ${name}`, at(step));
  for (let round = 1; round <= combinations; round += 1) {
    const [name, fault, habits] = combined();
    through(`when ${name}`, fault, habits);
  }
  it("and has kept all of it in the end", () => town.lookAtAll());
});
