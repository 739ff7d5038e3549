// Data folders to measure over: the demos, made once and copied for each measurement that sells.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mix } from "./scale.ts";

const kept = fileURLToPath(new URL("./.data/", import.meta.url));
const entry = fileURLToPath(new URL("../bin/marquee.mjs", import.meta.url));
const madeToday = new Date().toISOString().slice(0, 10);

/** The folder of a demo, made today if it is not there: a demo of yesterday has run out by a day. */
export function demoFolder(kind: "default" | "national"): string {
  const folder = join(kept, `${kind}-${madeToday}`);
  if (existsSync(join(folder, "demo.json"))) return folder;
  const flags = kind === "national" ? ["--national"] : [];
  const made = spawnSync(process.execPath, [entry, "demo", "--data", folder, ...flags], { stdio: "inherit" });
  if (made.status !== 0) throw new Error(`the ${kind} demo could not be made`);
  return folder;
}

/** A copy that may be sold into; `remove` takes it away. */
export function copyOf(folder: string): { folder: string; remove(): void } {
  const copy = mkdtempSync(join(tmpdir(), "marquee-bench-"));
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes("lock.db") });
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}

interface Page<Item> {
  items: Item[];
}

/** Tomorrow's showings and shows of some venues of a running Marquee. */
export async function mixOf(
  url: string,
): Promise<Mix & { arena?: { showingId: string; standing: string[]; places: number } }> {
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const venues = await json<Page<{ id: string; latitude: number; longitude: number }>>(
    `${url}/api/v1/venues?limit=100`,
  );
  const positions = venues.items.map((venue) => `${venue.latitude.toFixed(2)},${venue.longitude.toFixed(2)}`);
  const showingIds: string[] = [];
  const showIds = new Set<string>();
  for (const venue of venues.items.slice(0, 20)) {
    const showings = await json<Page<{ id: string; showId: string; capacity: number }>>(
      `${url}/api/v1/venues/${venue.id}/showings?on=${day}`,
    );
    for (const showing of showings.items) {
      if (showing.capacity > 1_000) continue;
      showingIds.push(showing.id);
      showIds.add(showing.showId);
    }
  }
  return { day, positions, showingIds, showIds: [...showIds], ...(await arenaOf(url)) };
}

async function arenaOf(url: string) {
  const events = await json<Page<{ next: { id: string; capacity: number } }>>(
    `${url}/api/v1/shows?kind=event&limit=10&sort=popular`,
  );
  const arena = events.items.find((item) => item.next.capacity >= 20_000);
  if (!arena) return {};
  const showing = await json<{ sections: { id: string; kind: string }[] }>(`${url}/api/v1/showings/${arena.next.id}`);
  const standing = showing.sections.filter((section) => section.kind === "standing").map((section) => section.id);
  return { arena: { showingId: arena.next.id, standing, places: arena.next.capacity } };
}
