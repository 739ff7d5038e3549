// `npm run bench:web`: the pages in Chromium, each figure beside its limit. Prints the table and writes bench/WEB.md.

import { copyOf, demoFolder, mixOf } from "../demos.ts";
import type { Row } from "../machine.ts";
import { start } from "../processes.ts";
import { say, writeReport } from "../report.ts";
import { editor } from "./editor.ts";
import { pages } from "./pages.ts";
import { seats } from "./seats.ts";

const copy = copyOf(demoFolder("default"));
const marquee = await start("./marquee-process.ts", [copy.folder]);
const rows: Row[] = [];
try {
  const { arena, showingIds, showIds } = await mixOf(marquee.url);
  if (!arena) throw new Error("the demo has no arena");
  for (const measure of [
    () => pages(marquee.url, { showId: showIds[0] ?? "", showingId: showingIds[0] ?? "", arenaId: arena.showingId }),
    () => seats(marquee.url, arena.showingId),
    () => editor(marquee.url),
  ]) {
    const found = await measure();
    rows.push(...found);
    say(found);
  }
} finally {
  await marquee.stop();
  copy.remove();
}
writeReport("WEB.md", {
  title: "The pages' weight and speed",
  command: "npm run bench:web",
  how:
    "Chromium, Marquee and all else share the machine. Figures are medians: of five first visits to each page, of three openings of a seat map and\n" +
    "of the editor. Bytes are those of the bodies as they were sent, compressed.",
  rows,
});
process.exitCode = rows.every((row) => row.holds) ? 0 : 1;
