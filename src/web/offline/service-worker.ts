// Keeps the orders that somebody opened, so that their codes can be shown where there is no network. See docs/decisions/019.
// It imports nothing: browsers load it by itself.

/** What TypeScript's own list for service workers would say; it cannot stand beside that for pages. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Waiting {
  readonly data: unknown;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(name: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(name: "message", listener: (event: Told) => void): void;
}
const worker = globalThis as unknown as Worker;

const pages = "marquee-orders";
const assets = "marquee-order-assets";
/** Bounds of what one browser keeps. */
const mostPages = 20;
const mostAssets = 200;
const savedAt = "x-saved-at";
const keepUntil = "x-keep-until";

/** The path of an order's page, under which its copy is kept; undefined for everything else. */
function orderPath(url: URL): string | undefined {
  return /^\/orders\/[A-Za-z0-9_-]{16,64}$/.test(url.pathname) ? url.pathname : undefined;
}

/** Keeps a page that says it may be kept, marked with when that was; forgets the copy of one that says so no longer. */
async function keep(path: string, answer: Response): Promise<void> {
  const html = await answer.text();
  const until = /data-keep-until="(\d+)"/.exec(html)?.[1];
  if (!answer.ok || until === undefined) return forget(path);
  const now = Date.now();
  const headers = new Headers(answer.headers);
  // The text is what was sent after it was unpacked.
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set(savedAt, String(now));
  headers.set(keepUntil, until);
  const marked = html.replace("<html ", `<html data-saved-at="${now}" `);
  const cache = await caches.open(pages);
  await cache.put(path, new Response(marked, { headers }));
  await tidy(cache);
}

async function forget(path: string): Promise<void> {
  await (await caches.open(pages)).delete(path, { ignoreVary: true });
}

/** Drops copies whose showing is over, and the oldest of too many. */
async function tidy(cache: Cache): Promise<void> {
  const kept = await Promise.all(
    (await cache.keys()).map(async (request) => {
      const headers = (await cache.match(request, { ignoreVary: true }))?.headers;
      return { request, at: Number(headers?.get(savedAt)), until: Number(headers?.get(keepUntil)) };
    }),
  );
  const good = kept.filter(({ until }) => until > Date.now()).toSorted((a, b) => b.at - a.at);
  const staying = new Set(good.slice(0, mostPages));
  for (const one of kept) if (!staying.has(one)) await cache.delete(one.request, { ignoreVary: true });
}

/** The saved copy of an order, unless its showing is over. */
async function copyOf(path: string): Promise<Response | undefined> {
  const copy = await (await caches.open(pages)).match(path, { ignoreVary: true });
  return copy && Number(copy.headers.get(keepUntil)) > Date.now() ? copy : undefined;
}

/** The page from the network; where that fails, or the server does, as it was saved. */
async function page(event: Fetching, path: string): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(event.request);
  } catch (error) {
    const copy = await copyOf(path);
    if (copy) return copy;
    throw error;
  }
  if (answer.status >= 500) return (await copyOf(path)) ?? answer;
  // Led elsewhere, a guest's key for example moves into a cookie: nothing to keep, and nothing that says to forget.
  if (answer.type !== "opaqueredirect") event.waitUntil(keep(path, answer.clone()));
  return answer;
}

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(assets);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Styles, scripts, the typeface and the poster: their addresses hold their hashes, so what is there is right for ever. */
async function keepAssets(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(assets);
  for (const url of urls) {
    const { origin, pathname } = new URL(url, worker.location.href);
    if (origin !== worker.location.origin || !pathname.startsWith("/static/")) continue;
    if (await cache.match(url, { ignoreVary: true })) continue;
    await cache.add(url).catch(() => undefined);
  }
  const kept = await cache.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - mostAssets))) await cache.delete(request);
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  const path = orderPath(url);
  if (request.mode === "navigate") {
    if (path !== undefined) event.respondWith(page(event, path));
  } else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
});

// From the page once it is there. Its first load was without this script, so it is asked for once more.
worker.addEventListener("message", (event) => {
  const told = event.data as { page?: string; assets?: readonly string[] };
  const work = async () => {
    const path = told.page === undefined ? undefined : orderPath(new URL(told.page, worker.location.href));
    if (path !== undefined) await keep(path, await fetch(path, { credentials: "same-origin" }));
    await keepAssets(told.assets ?? []);
  };
  event.waitUntil(work());
});
