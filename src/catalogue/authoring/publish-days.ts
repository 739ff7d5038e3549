// Makes readers see the showings of venues: once a venue and day, however many showings changed.

import { newId, showingAddress } from "../../domain/ids.ts";
import type { ShowingRow } from "../../store/schema.ts";
import { venueFound } from "./found.ts";
import type { CataloguePublisher, Parts } from "./parts.ts";
import { addDays, dateAt } from "./venue-clock.ts";

export const publishDaysJob = "publish-days";

export interface PublishDaysBody {
  venueId: string;
  dates: readonly string[];
}

/** Long enough for the publication that the call itself does. */
const laterMs = 10_000;

/**
 * Plans the publication of days before their showings change: a process that dies between the store and the readers leaves a
 * job behind, and the readers see it a few seconds later. Publishing twice changes nothing.
 */
export async function planPublication(
  { jobs, random, clock }: Pick<Parts, "jobs" | "random" | "clock">,
  venueId: string,
  dates: Iterable<string>,
): Promise<void> {
  const body: PublishDaysBody = { venueId, dates: [...new Set(dates)] };
  const id = `${publishDaysJob}:${newId(random)}`;
  await jobs.enqueue({ id, kind: publishDaysJob, body, runAt: clock() + laterMs }, clock());
}

/** What the job does. */
export async function publishPlanned(publisher: CataloguePublisher, body: PublishDaysBody): Promise<void> {
  for (const date of body.dates) await publisher.publishVenueDay(body.venueId, date);
  await publisher.publishShows();
}

export function datesOf(showings: readonly Pick<ShowingRow, "id">[]): string[] {
  return [...new Set(showings.map((showing) => showingAddress(showing.id)?.date ?? ""))];
}

/** Publishes the days that these showings of one venue are on, then the shows that run. */
export async function publishShowingsOf(
  { publisher }: Parts,
  venueId: string,
  showings: readonly Pick<ShowingRow, "id">[],
): Promise<void> {
  await publishPlanned(publisher, { venueId, dates: datesOf(showings) });
}

/** Publishes every day to come on which a venue has showings; for what stands on all of them. */
export async function publishDays(parts: Parts, sellerId: string, venueId: string): Promise<void> {
  const venue = await venueFound(parts.lists, sellerId, venueId);
  const from = addDays(dateAt(parts.clock(), venue.time_zone), -1);
  const days = { venueNumber: venue.number, from, to: addDays(from, 400) };
  await publishShowingsOf(parts, venueId, await parts.showings.atVenue(sellerId, days));
}
