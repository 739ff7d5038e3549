// `npm run bench:fleet`: how fast the fleet's parts are, each beside its limit from the same run. Prints the table and writes
// bench/FLEET.md. `--quick` only tries whether everything works, and writes nothing.

import type { Row } from "../machine.ts";
import { say, writeReport } from "../report.ts";
import { measureEdge } from "./edge.ts";
import type { Pace } from "./figures.ts";
import { measureMemory } from "./memory.ts";
import { measurePurchases } from "./purchases.ts";
import { measureRecovery } from "./recovery.ts";
import { measureWorker } from "./worker.ts";

const quick = process.argv.includes("--quick");
const pace: Pace = quick ? { rounds: 1, roundMs: 1_000, scale: 20 } : { rounds: 3, roundMs: 2_000, scale: 1 };

const rows: Row[] = [];
const notes: string[] = [];
for (const measure of [
  measurePurchases,
  measureEdge,
  ...(quick ? [] : [measureWorker]),
  measureRecovery,
  measureMemory,
]) {
  const found = await measure(pace);
  rows.push(...found.rows);
  say(found.rows);
  for (const note of found.notes) console.log(`       ${note}`);
  notes.push(...found.notes);
}
if (!quick) {
  const how =
    `Servers and load share the machine. Each figure is a median of rounds: ${pace.rounds}, beside its limit, measured in turn with it.\n` +
    "A multiple is the median of the rounds' own multiples.";
  const report = { title: "The fleet's speed", command: "npm run bench:fleet", how, rows, notes };
  console.log(`\n${writeReport("FLEET.md", report)}`);
}
process.exit(rows.every((row) => row.holds) ? 0 : 1);
