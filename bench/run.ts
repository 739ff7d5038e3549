// `npm run bench`: measures, prints each figure beside its limit, and writes bench/RESULTS.md. `--quick` leaves the national demo out.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arena } from "./arena.ts";
import { buying } from "./buying.ts";
import { copyOf, demoFolder, mixOf } from "./demos.ts";
import type { Row } from "./machine.ts";
import { start, type Running } from "./processes.ts";
import { reading } from "./reading.ts";
import { say, writeReport } from "./report.ts";
import { scale } from "./scale.ts";

const quick = process.argv.includes("--quick");
const rows: Row[] = [];
const add = (found: readonly Row[]) => {
  rows.push(...found);
  say(found);
};

const serve = (folder: string) => start("./marquee-process.ts", [folder]);

async function measureSmall(): Promise<void> {
  const copy = copyOf(demoFolder("default"));
  const marquee = await serve(copy.folder);
  const mix = await mixOf(marquee.url);
  const empty = await start("./empty-process.ts", []);
  add([await buying(marquee, empty, mix.showingIds)]);
  await empty.stop();
  const scratch = mkdtempSync(join(tmpdir(), "marquee-bench-"));
  const near = mix.positions[0] ?? "39.74,-104.99";
  add(
    await reading(marquee, scratch, [
      { work: "list page, from cache", path: `/?near=${near}&on=${mix.day}`, atLeast: 0.8 },
      { work: "list API, from cache", path: `/api/v1/shows?near=${near}&on=${mix.day}`, atLeast: 0.8 },
      { work: "showing page with live counts", path: `/showings/${mix.showingIds[5]}`, atLeast: 0.5 },
    ]),
  );
  rmSync(scratch, { recursive: true, force: true });
  await marquee.stop();
  copy.remove();
  await measureArena();
}

async function measureArena(): Promise<void> {
  const copy = copyOf(demoFolder("default"));
  const marquee = await serve(copy.folder);
  const mix = await mixOf(marquee.url);
  if (!mix.arena) throw new Error("the demo has no arena");
  add([await arena(marquee, mix.arena, mix.showingIds)]);
  await marquee.stop();
  copy.remove();
}

async function measureNational(): Promise<void> {
  const copies = [copyOf(demoFolder("default")), copyOf(demoFolder("national"))] as const;
  const small = await serve(copies[0].folder);
  const large = await serve(copies[1].folder);
  const restart: Row = {
    work: "start to ready at 4.2 million showings",
    figure: `${(large.startMs / 1_000).toFixed(1)} s`,
    limit: "≤ 10 s",
    holds: large.startMs <= 10_000,
  };
  const side = async (marquee: Running) => ({ marquee, mix: await mixOf(marquee.url) });
  add([restart, ...(await scale(await side(small), await side(large)))]);
  const bytes = large.residentBytes();
  add([
    {
      work: "memory at 4.2 million showings, after the load above",
      figure: `${(bytes / 2 ** 30).toFixed(2)} GiB resident`,
      limit: "≤ 1.5 GB",
      holds: bytes <= 1.5e9,
    },
  ]);
  await Promise.all([small.stop(), large.stop()]);
  for (const copy of copies) copy.remove();
}

await measureSmall();
if (!quick) await measureNational();
writeReport("RESULTS.md", {
  title: "Benchmark results",
  command: "npm run bench",
  how: "The load runs on the same machine. Each figure is a median over rounds, beside its limit measured in the same run, in turn with it.",
  rows,
});
process.exitCode = rows.every((row) => row.holds) ? 0 : 1;
