// Where a finished page should wait for its readers: nginx's own cache on disk or in memory, memcached behind nginx, or the
// process's cache. The page is the list as the demo shows it.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../deploy/local/free-port.ts";
import { startMemcached } from "../../deploy/local/memcached.ts";
import { startNginx } from "../../deploy/local/nginx.ts";
import { copyOf, demoFolder, mixOf } from "../demos.ts";
import { median } from "../machine.ts";
import { start } from "../processes.ts";
import { Memcached } from "./memcached-client.ts";
import { processorMs } from "./processor.ts";

export interface PageFigure {
  way: string;
  perSecond: number;
  p99Ms: number;
  /** Processor time of all servers for one page, µs. */
  serverUs: number;
}

const connections = 64;

const ways = [
  { name: "static", way: "nginx, a static file (the limit)" },
  { name: "disk", way: "nginx proxy_cache on disk" },
  { name: "memory", way: "nginx proxy_cache on tmpfs" },
  { name: "memcached", way: "nginx and memcached, found" },
  { name: "missing", way: "nginx and memcached, not found: the process's cache" },
  { name: "passed", way: "nginx and the process's cache" },
  { name: "direct", way: "the process's cache, without nginx" },
] as const;

type Name = (typeof ways)[number]["name"];
type Ports = Record<Exclude<Name, "direct">, number>;

function configuration(ports: Ports, files: string, memory: string, app: string, memcached: number): string {
  const cached = (name: "disk" | "memory") => `
    server { listen 127.0.0.1:${ports[name]};
      location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection "";
        proxy_ignore_headers Cache-Control Expires Set-Cookie Vary; proxy_cache ${name}; proxy_cache_valid 200 10m; } }`;
  const viaMemcached = (name: "memcached" | "missing", prefix: string) => `
    server { listen 127.0.0.1:${ports[name]};
      location / { set $memcached_key "${prefix}$request_uri"; memcached_pass cache;
        default_type "text/html; charset=utf-8"; error_page 404 502 504 = @app; }
      location @app { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; } }`;
  const asRoot = process.getuid?.() === 0 ? "user root;" : "";
  return `${asRoot} worker_processes 1; pid nginx.pid; error_log server.log crit;
  events { worker_connections 2048; }
  http { access_log off; keepalive_requests 1000000; sendfile on; tcp_nopush on;
    upstream app { server ${app}; keepalive ${connections}; keepalive_requests 1000000; }
    upstream cache { server 127.0.0.1:${memcached}; keepalive ${connections}; keepalive_requests 1000000; }
    proxy_cache_path ${files}/disk keys_zone=disk:1m; proxy_cache_path ${memory} keys_zone=memory:1m;
    server { listen 127.0.0.1:${ports.static}; root ${files}/static; location / { try_files /page.html =404; } }
    server { listen 127.0.0.1:${ports.passed};
      location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; } }
    ${cached("disk")} ${cached("memory")} ${viaMemcached("memcached", "page:")} ${viaMemcached("missing", "none:")} }`;
}

/** One run of wrk on one thread. */
async function wrk(url: string, seconds: number): Promise<{ requests: number; perSecond: number; p99Ms: number }> {
  const args = ["-t", "1", "-c", String(connections), "-d", `${seconds}s`, "--latency", url];
  const { stdout } = await promisify(execFile)("wrk", args);
  if (/Non-2xx/.test(stdout)) throw new Error(`${url} was refused:\n${stdout}`);
  const [, latency = "", unit = ""] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  const factor = { us: 0.001, ms: 1, s: 1_000 }[unit] ?? Number.NaN;
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p99Ms: Number(latency) * factor,
  };
}

async function portsFor(): Promise<Ports> {
  const names = ways.map(({ name }) => name).filter((name) => name !== "direct");
  const found: Partial<Ports> = {};
  for (const name of names) found[name] = await freePort();
  return found as Ports;
}

/** Measures each way in turn, `rounds` times; the medians, and the size of the page in bytes. */
export async function measurePages(
  rounds: number,
  seconds: number,
): Promise<{ pageBytes: number; figures: PageFigure[] }> {
  const copy = copyOf(demoFolder("default"));
  const files = mkdtempSync(join(tmpdir(), "marquee-bench-pages-"));
  const memory = mkdtempSync("/dev/shm/marquee-bench-pages-");
  const marquee = await start("./marquee-process.ts", [copy.folder]);
  const memcached = await startMemcached();
  const mix = await mixOf(marquee.url);
  const path = `/?near=${mix.positions[0] ?? "39.74,-104.99"}&on=${mix.day}`;
  const page = Buffer.from(await (await fetch(`${marquee.url}${path}`)).arrayBuffer());
  mkdirSync(join(files, "static"));
  writeFileSync(join(files, "static/page.html"), page);
  const cache = await Memcached.open(memcached.port);
  await cache.set(`page:${path}`, page);
  cache.close();
  const ports = await portsFor();
  const app = new URL(marquee.url).host;
  const nginx = await startNginx({
    port: ports.static,
    configuration: configuration(ports, files, memory, app, memcached.port),
  });
  const servers = [nginx.pid(), memcached.pid(), marquee.pid];
  const urlOf = (name: Name) => `${name === "direct" ? marquee.url : `http://127.0.0.1:${ports[name]}`}${path}`;
  for (const { name, way } of ways) {
    const { byteLength } = await (await fetch(urlOf(name))).arrayBuffer();
    if (byteLength !== page.length) throw new Error(`${way} answers ${byteLength} bytes, not ${page.length}`);
  }
  const runs = new Map<Name, PageFigure[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, way } of ways) {
      const before = processorMs(servers);
      const { requests, perSecond, p99Ms } = await wrk(urlOf(name), round === 0 ? 1 : seconds);
      const serverUs = ((processorMs(servers) - before) * 1_000) / requests;
      // The first round fills the caches.
      if (round > 0) runs.get(name)?.push({ way, perSecond, p99Ms, serverUs });
    }
  }
  await Promise.all([nginx.stop(), memcached.stop(), marquee.stop()]);
  copy.remove();
  for (const folder of [files, memory]) rmSync(folder, { recursive: true, force: true });
  const figures = ways.map(({ name, way }) => {
    const found = runs.get(name) ?? [];
    const of = (field: "perSecond" | "p99Ms" | "serverUs") => median(found.map((figure) => figure[field]));
    return { way, perSecond: of("perSecond"), p99Ms: of("p99Ms"), serverUs: of("serverUs") };
  });
  return { pageBytes: page.length, figures };
}
