// `npm run bench:inventory`: should the transaction layer be servers of its own, or can the cache compute it? Prints the figures and
// writes bench/INVENTORY.md. `--quick` only tries whether everything works and writes nothing.

import { openContenders } from "./contenders.ts";
import { clients } from "./load.ts";
import { measureLosses } from "./loss.ts";
import { loads, measureLoads, type Load } from "./measure.ts";
import { measurePages } from "./page-cache.ts";
import { write } from "./report.ts";

const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 3;
const roundMs = quick ? 500 : 1_500;

const stops: (() => Promise<unknown>)[] = [];
try {
  const contenders = await openContenders(stops);
  let told: Load | undefined;
  const found = await measureLoads(contenders, rounds, roundMs, (load, { name, perSecond, confirm, serverUs }) => {
    if (load !== told) console.log(`\n${loads[load]}`);
    told = load;
    const cost = `servers ${Math.round(serverUs)} µs`;
    console.log(
      `  ${name}: ${Math.round(perSecond)} purchases/s, confirm p99 ${confirm.p99.toFixed(1)} ms, ${cost} a purchase`,
    );
  });
  for (const stop of stops.splice(0).toReversed()) await stop();
  console.log("\nkill -9");
  const losses = await measureLosses(({ what, told: confirmed, lost, twice, pausedMs }) =>
    console.log(`  ${what}: ${confirmed} told, ${lost} lost, ${twice} twice, ${Math.round(pausedMs)} ms`),
  );
  const pages = await measurePages(rounds, quick ? 1 : 2);
  console.log("\ncached page");
  for (const { way, perSecond, p99Ms } of pages.figures) {
    console.log(`  ${way}: ${Math.round(perSecond)}/s, p99 ${p99Ms.toFixed(1)} ms`);
  }
  if (!quick) console.log(`\n${write({ rounds, clients, found, losses, pages })}`);
} finally {
  for (const stop of stops.toReversed()) await stop();
}
process.exit(0);
