// The seat map of an arena in Chromium: how much script it is, and how much of the browser's time its script takes for the first
// draw, for changes of seats as they happen, and for each frame of panning and zooming. Script is what DevTools calls so: compiling,
// running, and the handlers of events; layout and painting come on top and are the browser's.

import { chromium, type Browser, type CDPSession, type Page } from "playwright-core";
import { unpackSeatMap, seatName, type PackedSeatMap } from "../../src/domain/packed-seat-map.ts";
import { median, percentile, type Row } from "../machine.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const limits = { scriptBytes: 45_000, firstDrawMs: 200, changesMs: 8, frameMs: 16 };
const rounds = 3;
const changedSeats = 500;
/** Of one buyer. */
const seatsOfHold = 10;
const steps = 60;

/** Measures the page of an arena's showing at a running Marquee. */
export async function seats(url: string, showingId: string): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  try {
    const bytes = await scriptBytes(browser, url, showingId);
    const first: number[] = [];
    const nearer: number[] = [];
    const changes: number[] = [];
    const frames: { work: string; ms: number[] }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const opened = await open(browser, url, showingId);
      first.push(opened.scriptMs);
      nearer.push(total(await trace(opened.page, () => wheel(opened.page, -100, 2))));
      changes.push(await changesMs(opened.page, url, showingId, round));
      frames.push(...(await framesMs(opened.page)));
      await opened.page.context().close();
    }
    return [
      row(
        "script of the arena's seat page, compressed",
        `${(bytes / 1_000).toFixed(1)} kB`,
        bytes,
        limits.scriptBytes,
        "45 kB",
      ),
      row(
        "first draw of an arena, its sections, script",
        ms(median(first)),
        median(first),
        limits.firstDrawMs,
        "200 ms",
      ),
      row(
        "first draw of its seats, on coming nearer, script",
        ms(median(nearer)),
        median(nearer),
        limits.firstDrawMs,
        "200 ms",
      ),
      row(
        `${changedSeats} live changes in view, script`,
        ms(median(changes)),
        median(changes),
        limits.changesMs,
        "8 ms",
      ),
      ...["pan over all seats", "pan over seats with numbers", "zoom by wheel"].map((work) => {
        const all = frames.filter((found) => found.work === work).flatMap((found) => found.ms);
        const [usual, late] = [median(all), percentile(all, 0.95)];
        return row(`a frame: ${work}, script`, `${ms(usual)}, 95th of 100 ${ms(late)}`, late, limits.frameMs, "16 ms");
      }),
    ];
  } finally {
    await browser.close();
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

function row(work: string, figure: string, value: number, limit: number, said: string): Row {
  return { work, figure, limit: `≤ ${said}`, holds: value <= limit };
}

async function newPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } });
  return context.newPage();
}

async function scriptBytes(browser: Browser, url: string, showingId: string): Promise<number> {
  const page = await newPage(browser, url);
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") sizes.push(request.sizes().then((found) => found.responseBodySize));
  });
  await page.goto(`/showings/${showingId}`);
  await page.locator(".picker[data-live]").waitFor();
  await page.context().close();
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A page with the whole map drawn, and the script that this took. */
async function open(browser: Browser, url: string, showingId: string) {
  const page = await newPage(browser, url);
  const traced = await trace(page, async () => {
    await page.goto(`/showings/${showingId}`);
    await page.locator(".picker[data-live]").waitFor();
    await settled(page);
  });
  return { page, scriptMs: total(traced) };
}

/** Many buyers take seats that are in view, ten each and all at once. */
async function changesMs(page: Page, url: string, showingId: string, round: number): Promise<number> {
  const at = await page.evaluate(() => document.querySelector<HTMLElement>("[data-picker]")?.dataset["picker"] ?? "{}");
  const { mapAt } = JSON.parse(at) as { mapAt: string };
  const map = unpackSeatMap((await (await fetch(url + mapAt)).json()) as PackedSeatMap);
  const rows = map.rows
    .filter(({ length }) => length >= seatsOfHold + 2)
    .slice(round * 60, round * 60 + changedSeats / seatsOfHold);
  const before = await freeSeats(page);
  const traced = await trace(page, async () => {
    await Promise.all(
      rows.map(async ({ start }) => {
        const seats = Array.from({ length: seatsOfHold }, (_, index) => seatName(map, start + index));
        const answer = await fetch(`${url}/api/v1/showings/${showingId}/holds`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ seats }),
        });
        if (answer.status !== 201) throw new Error(`a hold answered ${answer.status}: ${await answer.text()}`);
      }),
    );
    await page.waitForFunction(
      ([left]) => Number(document.querySelector("[data-left-all=seats]")?.textContent?.replaceAll(/\D/g, "")) === left,
      [before - changedSeats],
    );
    await settled(page);
  });
  // The page also answers the one who waits for its counts: only its own script counts here.
  return total(traced.filter(({ own }) => own));
}

const freeSeats = (page: Page) =>
  page.evaluate(() => Number(document.querySelector("[data-left-all=seats]")?.textContent?.replaceAll(/\D/g, "")));

/** Script of each frame while somebody moves about: first with every seat of the frame drawn, at last with numbers on them. */
async function framesMs(page: Page): Promise<{ work: string; ms: number[] }[]> {
  const far = frames(await trace(page, () => drag(page)));
  const zoom = frames(await trace(page, () => wheel(page, -30, steps)));
  const near = frames(await trace(page, () => drag(page)));
  return [
    { work: "pan over all seats", ms: far },
    { work: "zoom by wheel", ms: zoom },
    { work: "pan over seats with numbers", ms: near },
  ];
}

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".seat-view-large").boundingBox();
  if (!box) throw new Error("the seat map is not to be seen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step += 1) {
    await page.mouse.move(x + 3 * step * Math.cos(step / 9), y + 3 * step * Math.sin(step / 9));
    await nextFrame(page);
  }
  await page.mouse.up();
}

async function wheel(page: Page, by: number, times: number): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  for (let step = 0; step < times; step += 1) {
    await page.mouse.wheel(0, by);
    await nextFrame(page);
  }
  await settled(page);
}

const nextFrame = (page: Page) => page.evaluate(() => new Promise(requestAnimationFrame));

/** Nothing moves any more. */
async function settled(page: Page): Promise<void> {
  for (let frame = 0; frame < 30; frame += 1) await nextFrame(page);
}

/** A call from outside into script: how long the processor had with it, whether it draws a picture, whether it is the page's own. */
interface Script {
  /** When it ended, μs. */
  until: number;
  ms: number;
  frame: boolean;
  own: boolean;
}

const scripts = new Set([
  "EvaluateScript",
  "v8.compile",
  "v8.compileModule",
  "v8.evaluateModule",
  "FunctionCall",
  "EventDispatch",
  "FireAnimationFrame",
  "TimerFire",
  "RunMicrotasks",
]);

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** Of the thread's own time: a busy machine does not count. */
  tdur?: number;
  pid: number;
  tid: number;
  args?: { data?: { url?: string } };
}

/** What ran in the page while something was done, outermost calls only. */
async function trace(page: Page, act: () => Promise<void>): Promise<Script[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const ended = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.start", { traceConfig: { includedCategories: ["devtools.timeline", "v8"] } });
  await act();
  await session.send("Tracing.end");
  await ended;
  await session.detach();
  return outermost(events);
}

function outermost(events: readonly TraceEvent[]): Script[] {
  const found = events.filter(({ name, ph, dur }) => ph === "X" && dur !== undefined && scripts.has(name));
  // Of all threads the page's has most to do.
  const busy = new Map<string, number>();
  for (const { pid, tid, dur = 0 } of found) busy.set(`${pid} ${tid}`, (busy.get(`${pid} ${tid}`) ?? 0) + dur);
  const [main = ""] = [...busy].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const outer: Script[] = [];
  for (const { pid, tid, ts, dur = 0, tdur = dur, name, args } of found.toSorted((a, b) => a.ts - b.ts)) {
    const last = outer.at(-1);
    const own = args?.data?.url?.includes("/static/app/") ?? false;
    if (`${pid} ${tid}` !== main) continue;
    if (last && ts < last.until) last.own ||= own;
    else outer.push({ until: ts + dur, ms: tdur / 1_000, frame: name === "FireAnimationFrame", own });
  }
  return outer;
}

const total = (traced: readonly Script[]) => traced.reduce((sum, { ms }) => sum + ms, 0);

/** The script of each frame: its drawing, and the events since the frame before. */
function frames(traced: readonly Script[]): number[] {
  const all: number[] = [];
  let spent = 0;
  for (const script of traced) {
    spent += script.ms;
    if (!script.frame) continue;
    all.push(spent);
    spent = 0;
  }
  return all;
}
