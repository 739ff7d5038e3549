// bench/INVENTORY.md: the tables are written anew by each run, what people wrote below them stays.

import { readFileSync, writeFileSync } from "node:fs";
import { machineText } from "../machine.ts";
import type { Loss } from "./loss.ts";
import { loads, type Load, type LoadFigure, type Spread } from "./measure.ts";
import type { PageFigure } from "./page-cache.ts";

export interface Findings {
  rounds: number;
  clients: number;
  found: Record<Load, LoadFigure[]>;
  losses: readonly Loss[];
  pages: { pageBytes: number; figures: readonly PageFigure[] };
}

const file = new URL("../INVENTORY.md", import.meta.url);
const notesLine = "<!-- notes: kept by the next run -->";
/** All rates are also given as multiples of this contender's. */
const reference = "PostgreSQL row locks";

const whole = (value: number) => Math.round(value).toLocaleString("en");
const times = ({ p50, p99 }: Spread) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;

function loadTable(load: Load, figures: readonly LoadFigure[]): string[] {
  const limit = figures.find(({ name }) => name === reference)?.perSecond ?? Number.NaN;
  const last = load === "hall" ? "all told after, ms" : "refused/s";
  return [
    `## ${loads[load][0]?.toUpperCase()}${loads[load].slice(1)}`,
    "",
    `| | purchases/s | × row locks | hold, ms | begin payment, ms | confirm, ms | ${last} | servers, µs | clients, µs |`,
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...figures.map((figure) => {
      const { name, perSecond, hold, begin, confirm, refusedPerSecond, tookMs, serverUs, clientUs } = figure;
      const steps = [times(hold), times(begin), times(confirm)].join(" | ");
      const cost = `${whole(serverUs)} | ${whole(clientUs)}`;
      return `| ${name} | ${whole(perSecond)} | ${(perSecond / limit).toFixed(1)} | ${steps} | ${whole(load === "hall" ? tookMs : refusedPerSecond)} | ${cost} |`;
    }),
    "",
  ];
}

function lossTable(losses: readonly Loss[]): string[] {
  return [
    "## What a kill -9 in the middle of the load takes",
    "",
    "Lost: purchases confirmed to a buyer, and not there when it sells again. Twice: places that a second buyer then got as well, when all of them were asked",
    "for again; Redis here without Marquee's recovery, which asks the payment provider first. A standby that is promoted had been out of reach for the",
    "last 100 ms of its primary.",
    "",
    "| | told confirmed | lost | sold twice | sells again after, ms |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...losses.map(
      ({ what, told, lost, twice, pausedMs }) =>
        `| ${what} | ${whole(told)} | ${whole(lost)} | ${whole(twice)} | ${whole(pausedMs)} |`,
    ),
    "",
  ];
}

function pageTable({ pageBytes, figures }: Findings["pages"]): string[] {
  const limit = figures[0]?.perSecond ?? Number.NaN;
  return [
    `## A cached list page of ${(pageBytes / 1_024).toFixed(0)} kB`,
    "",
    "| | pages/s | × static file | p99, ms | servers, µs a page |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...figures.map(
      ({ way, perSecond, p99Ms, serverUs }) =>
        `| ${way} | ${whole(perSecond)} | ${(perSecond / limit).toFixed(2)} | ${p99Ms.toFixed(1)} | ${whole(serverUs)} |`,
    ),
    "",
  ];
}

/** Writes the tables; answers them. */
export function write(findings: Findings): string {
  const { rounds, clients, found, losses, pages } = findings;
  const text = [
    "# The transaction layer, compared",
    "",
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:inventory\` on ${machineText()}; clients and servers share the machine. Medians of rounds: ${rounds},`,
    `the contenders in turn. ${clients} clients in one process buy one or two seats each: hold, begin payment, confirm. Times are p50 / p99. The last two columns are processor time for`,
    "one confirmed purchase. After each round the states of every showing were read back and compared with what the clients had been told: no",
    "place twice, none missing, nothing left in between; a round that differs ends the run.",
    "",
    "| | an answered confirmation has survived |",
    "| --- | --- |",
    ...found.many.map(({ name, durability }) => `| ${name} | ${durability} |`),
    "",
    ...loadTable("many", found.many),
    ...loadTable("one", found.one),
    ...loadTable("hall", found.hall),
    ...lossTable(losses),
    ...pageTable(pages),
    notesLine,
  ].join("\n");
  writeFileSync(file, `${text}${notes()}`);
  return text;
}

function notes(): string {
  try {
    return readFileSync(file, "utf8").split(notesLine)[1] ?? "\n";
  } catch {
    return "\n";
  }
}
