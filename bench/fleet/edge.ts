// What buyers of a whole fleet meet, through nginx and TLS: buying, against the same chain with handlers that do nothing, and a
// cached list, against a static file of its size. Everything, the client too, shares the machine's two cores.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { edgeConfiguration, makeCertificate } from "../../deploy/local/edge.ts";
import { startFleet, type Fleet } from "../../deploy/local/fleet.ts";
import { freePort } from "../../deploy/local/free-port.ts";
import { startNginx } from "../../deploy/local/nginx.ts";
import { mixOf } from "../demos.ts";
import { processorMs } from "../inventory/processor.ts";
import { median, type Row } from "../machine.ts";
import { start } from "../processes.ts";
import { rateRow, ratioOf, whole, type Pace } from "./figures.ts";
import { buyAgain, getAgain } from "./wrk.ts";

const limits = { reads: 1_000_000, writes: 1_000_000 };
const demoDays = 3;
const warmUp = 5;
const codings = [
  { name: "as browsers ask for it", headers: ["Accept-Encoding: gzip, deflate, br"] },
  { name: "without compression", headers: [] },
];

interface Chain {
  url: string;
  /** nginx and the two processes behind it. */
  pids: readonly number[];
  stop(): Promise<void>;
}

export async function measureEdge(pace: Pace): Promise<{ rows: Row[]; notes: string[] }> {
  const fleet = await startFleet({
    demo: { seed: 1, days: demoDays, national: false },
    apps: 2,
    workers: 1,
    limits,
    settings: { MARQUEE_WRITES_PER_MINUTE: "0", MARQUEE_MAX_SEATS_PER_NETWORK: "0", MARQUEE_LOG_LEVEL: "error" },
  });
  try {
    const mix = await mixOf(fleet.apps[0]?.url ?? "");
    const lists = await readLists(fleet, `/?near=${mix.positions[0] ?? "39.74,-104.99"}&on=${mix.day}`, pace);
    const bought = await buy(fleet, mix.showingIds, pace);
    return { rows: [...bought.rows, ...lists.rows], notes: [...bought.notes, ...lists.notes] };
  } finally {
    await fleet.stop();
  }
}

/** deploy/nginx.conf before two processes whose handlers read the same bodies and do nothing. */
async function emptyChain(): Promise<Chain> {
  const folder = mkdtempSync(join(tmpdir(), "marquee-bench-edge-"));
  const apps = [await start("./empty-process.ts", []), await start("./empty-process.ts", [])];
  const port = await freePort();
  const ports = apps.map(({ url }) => Number(new URL(url).port));
  const paths = { origin: folder, state: join(folder, "state") };
  mkdirSync(paths.state);
  const certificate = await makeCertificate(folder);
  const nginx = await startNginx({
    port,
    configuration: edgeConfiguration({ port, apps: ports, limits, ...paths, ...certificate }),
  });
  return {
    url: `https://127.0.0.1:${port}`,
    pids: [nginx.pid(), ...apps.map(({ pid }) => pid)],
    async stop() {
      await Promise.all([nginx.stop(), ...apps.map((app) => app.stop())]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function buy(fleet: Fleet, showingIds: readonly string[], { rounds, roundMs }: Pace) {
  const empty = await emptyChain();
  try {
    const chain = [fleet.edge.pid(), ...fleet.apps.map((app) => app.pid())];
    const parts = {
      nginx: [fleet.edge.pid()],
      "the two application processes": fleet.apps.map((app) => app.pid()),
      Redis: fleet.redis.map((server) => server.pid()),
      "the payment provider": [fleet.provider.pid()],
      "the worker": fleet.workers.map((worker) => worker.pid()),
      PostgreSQL: [fleet.postgres.pid()],
    };
    const names = Object.keys(parts) as (keyof typeof parts)[];
    const found = {
      figures: [] as number[],
      limits: [] as number[],
      costs: [] as number[],
      limitCosts: [] as number[],
    };
    const shares = new Map<string, number[]>(names.map((name) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      // The first round warms both up; what sells is far more code, and Node makes it fast only after thousands of purchases.
      const ms = round === 0 ? warmUp * roundMs : roundMs;
      const before = processorMs(empty.pids);
      const limit = await buyAgain(empty.url, Math.min(ms, 2 * roundMs), showingIds, `limit-${round}`);
      const limitCost = ((processorMs(empty.pids) - before) * 1_000) / limit.requests;
      const used = names.map((name) => processorMs(parts[name]));
      const usedByChain = processorMs(chain);
      const sold = await buyAgain(fleet.url.replace("localhost", "127.0.0.1"), ms, showingIds, `round-${round}`);
      const cost = ((processorMs(chain) - usedByChain) * 1_000) / sold.requests;
      for (const [index, name] of names.entries())
        if (round > 0)
          shares.get(name)?.push(((processorMs(parts[name]) - (used[index] ?? 0)) * 1_000) / sold.requests);
      await caughtUp(fleet);
      if (round === 0) continue;
      found.figures.push(sold.perSecond);
      found.limits.push(limit.perSecond);
      found.costs.push(cost);
      found.limitCosts.push(limitCost);
    }
    const unit = "requests/s";
    const of = "the same chain with empty handlers";
    const chainRatio = ratioOf(found.limitCosts, found.costs);
    const each = names.map((name) => `${name} ${whole(median(shares.get(name) ?? []))}`).join(", ");
    return {
      rows: [
        rateRow("buying over HTTPS through nginx, two application processes, two cores in all", found.figures, {
          atLeast: 0.5,
          of,
          figures: found.limits,
          unit,
        }),
      ],
      notes: [
        `Buying: Redis, PostgreSQL, the provider and the worker work on the same two cores, which the empty chain has for itself. Processor time of one request, µs: ${each}. nginx and the application alone: ${whole(median(found.costs))} against ${whole(median(found.limitCosts))} of the empty chain (${chainRatio.toFixed(2)} ×), which is the ratio where the others have machines of their own.`,
      ],
    };
  } finally {
    await empty.stop();
  }
}

const headsOfAll =
  "local sum = 0 for p = 0, 63 do sum = sum + (tonumber(redis.call('HGET', '{p' .. p .. '}:m', 's')) or 0) end return sum";

/** Settles when the store has everything that was sold: what is left to do must not weigh on the next round. */
async function caughtUp({ redis: [redis], postgres }: Fleet): Promise<void> {
  const pollMs = 50;
  while (
    (await redis?.command("EVAL", headsOfAll, "0")) !==
    (await postgres.sql("select coalesce(sum(sequence), 0) from applied"))
  ) {
    await wait(pollMs);
  }
}

async function readLists(fleet: Fleet, path: string, { rounds, roundMs }: Pace) {
  const rows: Row[] = [];
  const base = fleet.url.replace("localhost", "127.0.0.1");
  const folder = join(fleet.environment["MARQUEE_ORIGIN"] ?? "", "bench");
  mkdirSync(folder, { mode: 0o755 });
  for (const [index, { name, headers }] of codings.entries()) {
    const { bytes, coding } = await get(`${base}${path}`, headers);
    // As the page: a kind that nginx would not compress again.
    const file = `page-${index}.${coding === undefined ? "bin" : "br"}`;
    writeFileSync(join(folder, file), bytes);
    const limitUrl = `${base}/static/bench/${file}`;
    const limit = await get(limitUrl, headers);
    if (limit.bytes.length !== bytes.length) throw new Error(`${limitUrl} answers ${limit.bytes.length} bytes`);
    const figures: number[] = [];
    const limitFigures: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const ms = round === 0 ? roundMs / 2 : roundMs;
      const fromFile = await getAgain(limitUrl, ms, headers);
      const fromCache = await getAgain(`${base}${path}`, ms, headers);
      if (round === 0) continue;
      figures.push(fromCache.perSecond);
      limitFigures.push(fromFile.perSecond);
    }
    rows.push(
      rateRow(`cached list through nginx, ${name}`, figures, {
        atLeast: 0.9,
        of: `nginx serving a static file of ${(bytes.length / 1_024).toFixed(0)} kB`,
        figures: limitFigures,
        unit: "pages/s",
      }),
    );
  }
  return { rows, notes: ["The list and the file come over TLS, through the same deploy/nginx.conf."] };
}

/** One answer, from an edge whose certificate nobody trusts. */
function get(url: string, headers: readonly string[]): Promise<{ bytes: Buffer; coding: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ bytes: Buffer; coding: string | undefined }>();
  const asked = Object.fromEntries(headers.map((header) => header.split(": ") as [string, string]));
  https
    .get(url, { rejectUnauthorized: false, headers: asked }, (response) => {
      response
        .toArray()
        .then((chunks: Buffer[]) => {
          if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
          resolve({ bytes: Buffer.concat(chunks), coding: response.headers["content-encoding"] });
        })
        .catch(reject);
    })
    .on("error", reject);
  return promise;
}
