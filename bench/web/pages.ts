// What a first visit to a page weighs, how many round trips after the document its first view takes, and when its largest part is
// painted on a phone four times slower than this machine.

import { chromium, type Browser, type CDPSession, type Request } from "playwright-core";
import { median, type Row } from "../machine.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const limits = { browseScriptBytes: 15_000, seatScriptBytes: 45_000, bytes: 60_000, paintMs: 1_500, roundTrips: 1 };
const slowdown = 4;
const rounds = 5;

export interface Measured {
  showId: string;
  showingId: string;
  arenaId: string;
}

/** Measures first visits at a running Marquee with the demo. */
export async function pages(url: string, { showId, showingId, arenaId }: Measured): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  const rows: Row[] = [];
  try {
    for (const [name, path, isBrowse] of [
      ["home", "/?near=Denver%2C+CO", true],
      ["show", `/shows/${showId}?near=Denver%2C+CO`, true],
      ["venues", "/venues?near=Denver%2C+CO", true],
      ["seats of a cinema", `/showings/${showingId}`, false],
      ["seats of an arena", `/showings/${arenaId}`, false],
    ] as const) {
      const visits: Visit[] = [];
      for (let round = 0; round < rounds; round += 1) visits.push(await visit(browser, url + path));
      rows.push(...rowsOf(name, visits, isBrowse));
    }
  } finally {
    await browser.close();
  }
  return rows;
}

function rowsOf(name: string, visits: readonly Visit[], isBrowse: boolean): Row[] {
  const script = median(visits.map(({ scriptBytes }) => scriptBytes));
  const bytes = median(visits.map(({ otherBytes, scriptBytes }) => otherBytes + scriptBytes));
  const paint = median(visits.map(({ paintMs }) => paintMs));
  const roundTrips = Math.max(...visits.map((found) => found.roundTrips));
  const most = isBrowse ? limits.browseScriptBytes : limits.seatScriptBytes;
  const weight = (work: string, value: number, limit: number): Row => ({
    work: `${name}: ${work}`,
    figure: `${(value / 1_000).toFixed(1)} kB`,
    limit: `≤ ${limit / 1_000} kB`,
    holds: value <= limit,
  });
  return [
    weight("script", script, most),
    ...(isBrowse ? [weight("all but posters", bytes, limits.bytes)] : []),
    {
      work: `${name}: round trips after the document until the first view`,
      figure: `${roundTrips}`,
      limit: `≤ ${limits.roundTrips}`,
      holds: roundTrips <= limits.roundTrips,
    },
    {
      work: `${name}: largest paint, processor ${slowdown} times slower`,
      figure: `${paint.toFixed(0)} ms`,
      limit: `≤ ${limits.paintMs} ms`,
      holds: paint <= limits.paintMs,
    },
  ];
}

interface Visit {
  scriptBytes: number;
  /** Everything else but images. */
  otherBytes: number;
  paintMs: number;
  /** One behind the other, as each is asked for by what the one before brought. */
  roundTrips: number;
}

/** A first visit on a phone: nothing is cached. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-US" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const roundTrips = await watchRoundTrips(session);
  const finished: Request[] = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(address, { waitUntil: "load" });
  const paintMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) last = entry.startTime;
        });
        observer.observe({ type: "largest-contentful-paint", buffered: true });
        // Two frames and a pause after loading: what is painted late counts.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(last), 1_000)));
      }),
  );
  const sized = await Promise.all(
    finished.map(async (request) => ({
      kind: request.resourceType(),
      bytes: (await request.sizes()).responseBodySize,
    })),
  );
  await context.close();
  const sum = (kinds: (kind: string) => boolean) =>
    sized.filter(({ kind }) => kinds(kind)).reduce((total, { bytes }) => total + bytes, 0);
  return {
    scriptBytes: sum((kind) => kind === "script"),
    otherBytes: sum((kind) => kind !== "script" && kind !== "image" && kind !== "media"),
    paintMs,
    roundTrips: roundTrips(),
  };
}

/** What the first view is made of; scripts only add to a page that is already there. */
const viewKinds: ReadonlySet<string> = new Set(["Stylesheet", "Font", "Image"]);

/** Answers how long the longest chain of requests for the view was, the document not counted. */
async function watchRoundTrips(session: CDPSession): Promise<() => number> {
  const depths = new Map<string, number>();
  let longest = 0;
  session.on("Network.requestWillBeSent", ({ request, initiator, type = "Other" }) => {
    // A picture within a style is no request.
    if (request.url.startsWith("data:")) return;
    // A style names a font by its own address, the parser a style by the document's.
    const behind = initiator.url ?? initiator.stack?.callFrames[0]?.url ?? "";
    const depth = type === "Document" ? 0 : (depths.get(behind) ?? 0) + 1;
    depths.set(request.url, depth);
    if (viewKinds.has(type)) longest = Math.max(longest, depth);
  });
  await session.send("Network.enable");
  return () => longest;
}
