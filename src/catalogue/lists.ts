// Lists over the day indexes. Which venue to name for each show is worked out once for a place, a day and a minute, and shared by all
// filters and orders; only the chunks of the venues that are named are opened.

import { LRUCache } from "lru-cache";
import { addDays, dateAt } from "./authoring/venue-clock.ts";
import type { ShowNumbers } from "./day-index.ts";
import type { Days } from "./days.ts";
import type { ShowLibrary, VenueLibrary } from "./library.ts";
import type { Catalogue, ListedShow, ListQuery, Show, Showing, Venue } from "./model.ts";
import { findNearest, findSoonest, reachKm, slotsOf, type Found } from "./nearest.ts";
import { distanceKm } from "./positions.ts";
import { fold } from "./text.ts";

interface ListParts {
  days: Days;
  numbers: ShowNumbers;
  library(): { shows: ShowLibrary; venues: VenueLibrary; version: number };
}

type When = Pick<ListQuery, "near" | "on" | "after" | "before" | "now">;

const minuteMs = 60_000;

export function createLists(parts: ListParts): Pick<Catalogue, "list" | "daysOf" | "showingsOfShow"> {
  const { days, numbers, library } = parts;
  const foundBefore = new LRUCache<string, Promise<Map<number, Found>>>({ max: 500 });

  /** For all shows, kept for the minute: `now` is cut to it, so that what begins within it is checked by the caller. */
  function found(query: ListQuery): Promise<ReadonlyMap<number, Found>> {
    const { near, on, after, before } = query;
    const later = on === undefined && query.orLater === true;
    const { version } = library();
    const now = Math.floor(query.now / minuteMs) * minuteMs;
    const key = [version, now, near?.latitude, near?.longitude, on ?? later, after, before].join(" ");
    let result = foundBefore.get(key);
    if (!result) {
      const hours = { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
      const when = { now, ...(near ? { near } : {}), ...hours };
      result = findOn({ ...when, ...(on === undefined ? {} : { on }) });
      if (later) result = result.then((today) => addLater(today, when));
      foundBefore.set(key, result);
      result.catch(() => foundBefore.delete(key));
    }
    return result;
  }

  async function findOn(when: When): Promise<Map<number, Found>> {
    const { venues } = library();
    const slots = await slotsOf(days, venues.timeZones, when);
    const search = { venues, slots, shows: numbers.count() };
    return when.near ? findNearest(search, when.near) : findSoonest(search);
  }

  /** Adds the shows that are not found yet, each on the first day that has it. Days without such a show are not searched. */
  async function addLater(found: Map<number, Found>, when: When): Promise<Map<number, Found>> {
    const [today = ""] = library()
      .venues.timeZones.map((timeZone) => dateAt(when.now, timeZone))
      .toSorted();
    for (const on of days.dates()) {
      if (on <= today) continue;
      const index = await days.day(on);
      const isNews = [...index.byShow()].some(([show, { last }]) => last > when.now && !found.has(show));
      if (!isNews) continue;
      for (const [show, where] of await findOn({ ...when, on })) if (!found.has(show)) found.set(show, where);
    }
    return found;
  }

  return {
    async list(query) {
      const { shows } = library();
      const wanted = filterOf(query, shows);
      const listed: { show: Show; found: Found }[] = [];
      for (const [number, where] of await found(query)) {
        const show = shows.byId.get(numbers.id(number));
        if (show && wanted(show)) listed.push({ show, found: where });
      }
      const entries = await Promise.all(
        listed.map(async ({ show, found }): Promise<ListedShow | undefined> => {
          const day = await days.venueDay(found.venue.number, found.date);
          const next = day?.startingAt(show.id, found.startsAt);
          if (!next) return undefined;
          const { venue, venues, distanceKm } = found;
          return { show, venue, next, venues, ...(distanceKm === undefined ? {} : { distanceKm }) };
        }),
      );
      return entries.filter((entry) => entry !== undefined).toSorted(orders[query.sort]);
    },

    async daysOf(showId, now) {
      const from = addDays(dateAt(now, "UTC"), -2);
      const found: string[] = [];
      for (const date of days.dates()) {
        if (date < from) continue;
        const there = (await days.day(date)).byShow().get(numbers.find(showId) ?? -1);
        if (there && there.last > now) found.push(date);
      }
      return found;
    },

    async showingsOfShow({ showId, on, near, now, limit, offset }) {
      const { venues } = library();
      const index = await days.day(on);
      const number = numbers.find(showId) ?? -1;
      const there = (index.byShow().get(number)?.venues ?? []).flatMap((venueNumber) => {
        const venue = venues.byNumber.get(venueNumber);
        let toCome = false;
        index.visit(venueNumber, now + 1, (show) => void (toCome ||= show === number));
        return venue && toCome ? [{ venue, ...(near ? { distanceKm: distanceKm(near, venue) } : {}) }] : [];
      });
      const page = there.toSorted(byDistanceThenName).slice(offset, offset + limit);
      return Promise.all(
        page.map(async (entry) => {
          const day = await days.venueDay(entry.venue.number, on);
          return { ...entry, showings: (day?.ofShow(showId) ?? []).filter((showing) => isToCome(showing, now)) };
        }),
      );
    },
  };
}

function isToCome(showing: Showing, now: number): boolean {
  return showing.status === "published" && showing.startsAt > now;
}

function filterOf(query: ListQuery, shows: ShowLibrary): (show: Show) => boolean {
  const genre = query.genre === undefined ? undefined : fold(query.genre);
  const text = fold(query.text ?? "");
  return (show) =>
    (query.kind === undefined || show.kind === query.kind) &&
    (genre === undefined || show.genres.some((other) => fold(other) === genre)) &&
    shows.matches(show.id, text);
}

type Compare = (a: ListedShow, b: ListedShow) => number;

const byTitle: Compare = (a, b) => a.show.title.localeCompare(b.show.title) || (a.show.id < b.show.id ? -1 : 1);
const byStart: Compare = (a, b) => a.next.startsAt - b.next.startsAt;
const byDistance: Compare = (a, b) => (a.distanceKm ?? 0) - (b.distanceKm ?? 0);

/** What is near comes before what is not: a concert at the other end of the country is no answer to "what is on tonight". */
const byReach: Compare = (a, b) => Number(isFar(a)) - Number(isFar(b));
const isFar = ({ distanceKm }: ListedShow) => distanceKm !== undefined && distanceKm > reachKm;

const orders: Record<ListQuery["sort"], Compare> = {
  soonest: (a, b) => byReach(a, b) || byStart(a, b) || byDistance(a, b) || byTitle(a, b),
  closest: (a, b) => byDistance(a, b) || byStart(a, b) || byTitle(a, b),
  popular: (a, b) => byReach(a, b) || b.show.popularity - a.show.popularity || byTitle(a, b),
};

function byDistanceThenName(
  a: { venue: Venue; distanceKm?: number },
  b: { venue: Venue; distanceKm?: number },
): number {
  if (a.distanceKm !== undefined && b.distanceKm !== undefined && a.distanceKm !== b.distanceKm) {
    return a.distanceKm - b.distanceKm;
  }
  return (
    a.venue.city.localeCompare(b.venue.city) ||
    a.venue.name.localeCompare(b.venue.name) ||
    a.venue.number - b.venue.number
  );
}
