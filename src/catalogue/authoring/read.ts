// What sellers read of their own, from the store: also drafts, which no chunk has.

import { refusedFor } from "../../domain/faults.ts";
import { Refusal } from "../../domain/refusals.ts";
import { compileSeatMap, type SeatMap } from "../../domain/seat-map.ts";
import { auditoriumOf } from "./auditorium.ts";
import type { Authoring } from "./authoring.ts";
import { auditoriumFound, priceListFound, showFound, showingFound, venueFound } from "./found.ts";
import { mediaOf } from "./media.ts";
import type { Parts } from "./parts.ts";
import { seatMapVersions } from "./seat-map-versions.ts";
import { priceListOf } from "./set-prices.ts";
import { showOf } from "./show.ts";
import { showingsOf } from "./showing.ts";
import { daysBetween, isDate } from "./venue-clock.ts";
import { venueOf } from "./venue.ts";

type Reads =
  | "venues"
  | "venue"
  | "auditoriums"
  | "auditorium"
  | "auditoriumsById"
  | "seatMapsInUse"
  | "seatMap"
  | "seatMapVersions"
  | "shows"
  | "show"
  | "media"
  | "priceLists"
  | "priceList"
  | "showingsAtVenue"
  | "showingsOfShow"
  | "showing";

const mostDays = 31;

export function reads(parts: Parts): Pick<Authoring, Reads> {
  const { lists, showings } = parts;
  return {
    seatMapVersions: seatMapVersions(parts),
    venues: async (sellerId) => (await lists.venues(sellerId)).map(venueOf),
    venue: async (sellerId, id) => venueOf(await venueFound(lists, sellerId, id)),
    auditoriums: async (sellerId, venueId) => (await lists.auditoriums(sellerId, venueId)).map(auditoriumOf),
    auditorium: async (sellerId, id) => auditoriumOf(await auditoriumFound(lists, sellerId, id)),
    auditoriumsById: async (sellerId, ids) => (await lists.auditoriumsById(sellerId, ids)).map(auditoriumOf),
    async seatMapsInUse(sellerId) {
      const found = [];
      for (const use of await lists.seatMapsInUse(sellerId)) {
        const row = await lists.seatMap(use.seatMapId);
        if (!row) continue;
        const { name, sections } = JSON.parse(row.document) as SeatMap;
        found.push({ ...use, name, sections: sections.map((section) => ({ id: section.id, name: section.name })) });
      }
      return found;
    },
    async seatMap(id) {
      const row = await lists.seatMap(id);
      if (!row) throw new Refusal("not_found", "There is no such seat map.");
      const map = JSON.parse(row.document) as SeatMap;
      return { id, map, layout: compileSeatMap(map) };
    },
    shows: async (sellerId) => (await lists.shows(sellerId)).map(showOf),
    show: async (sellerId, id) => showOf(await showFound(lists, sellerId, id)),
    media: async (sellerId) => (await lists.media(sellerId)).map(mediaOf),
    priceLists: async (sellerId) => (await lists.priceLists(sellerId)).map(priceListOf),
    priceList: async (sellerId, id) => priceListOf(await priceListFound(lists, sellerId, id)),
    async showingsAtVenue(sellerId, venueId, from, to) {
      const venue = await venueFound(lists, sellerId, venueId);
      if (!isDate(from) || !isDate(to) || to < from || daysBetween(from, to) >= mostDays) {
        throw refusedFor("invalid_request", { code: "too-many-days", max: mostDays }, { field: "date" });
      }
      const rows = await showings.atVenue(sellerId, { venueNumber: venue.number, from, to });
      return showingsOf(lists, sellerId, rows);
    },
    async showingsOfShow(sellerId, showId, { from, limit, cursor }) {
      await showFound(lists, sellerId, showId);
      const [, startsAt, id] = /^(\d{1,16})\.(\w{17})$/.exec(cursor ?? "") ?? [];
      const after = startsAt !== undefined && id !== undefined ? { startsAt: Number(startsAt), id } : undefined;
      const rows = await showings.ofShow(sellerId, showId, { from, limit: limit + 1, ...(after ? { after } : {}) });
      const items = await showingsOf(lists, sellerId, rows.slice(0, limit));
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: `${last.startsAt}.${last.id}` } : { items };
    },
    async showing(sellerId, id) {
      const [found] = await showingsOf(lists, sellerId, [await showingFound(showings, sellerId, id)]);
      if (!found) throw new Refusal("not_found");
      return found;
    },
  };
}
