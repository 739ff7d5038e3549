// What sellers write: venues, auditoriums, seat maps, shows, price lists and media. Every read and write names the seller,
// so that an id of somebody else's finds nothing. Showings are in showings.ts.

import type { Insertable, Selectable } from "kysely";
import type { AuditoriumRow, MediaRow, PriceListRow, SeatMapRow, SellerRow, ShowRow, VenueRow } from "./schema.ts";
import type { Store } from "./open.ts";
import { isTaken } from "./unique.ts";

export type OwnedAuditorium = Selectable<AuditoriumRow> & { place_count: number; venue_number: number };

/** One of each that a seller has. */
export interface Begun {
  venueId?: string;
  auditoriumId?: string;
  showId?: string;
  showPublished: boolean;
  priceListId?: string;
  showingId?: string;
  /** Whether any showing ever was published. */
  onSale: boolean;
}

export interface AuthoringStore {
  begun(sellerId: string): Promise<Begun>;
  seller(sellerId: string): Promise<SellerRow | undefined>;
  /** Gives the venue the next free number; tries again if somebody else took it in the same moment. */
  addVenue(row: Omit<VenueRow, "number">): Promise<VenueRow>;
  changeVenue(sellerId: string, venueId: string, change: Partial<VenueRow>): Promise<void>;
  venues(sellerId: string): Promise<readonly VenueRow[]>;
  venue(sellerId: string, venueId: string): Promise<VenueRow | undefined>;
  addAuditorium(row: AuditoriumRow): Promise<void>;
  /** With `seatMapId` only if that is the seat map it has; false if it has another one. */
  changeAuditorium(auditoriumId: string, change: Partial<AuditoriumRow>, seatMapId?: string): Promise<boolean>;
  /** By name; of one venue, or of all the seller's venues. */
  auditoriums(sellerId: string, venueId?: string): Promise<readonly OwnedAuditorium[]>;
  auditorium(sellerId: string, auditoriumId: string): Promise<OwnedAuditorium | undefined>;
  auditoriumsById(sellerId: string, ids: readonly string[]): Promise<readonly OwnedAuditorium[]>;
  /** The seat maps of all auditoriums, each with one auditorium that has it: a chain has thousands of rooms and few drawings. */
  seatMapsInUse(
    sellerId: string,
  ): Promise<readonly { seatMapId: string; placeCount: number; auditoriumId: string; auditoriums: number }[]>;
  /** Keeps a seat map; the same drawing is kept once. */
  keepSeatMap(row: SeatMapRow): Promise<void>;
  seatMap(seatMapId: string): Promise<SeatMapRow | undefined>;
  addShow(row: Insertable<ShowRow>): Promise<void>;
  changeShow(sellerId: string, showId: string, change: Partial<ShowRow>): Promise<void>;
  /** Newest change first. */
  shows(sellerId: string): Promise<readonly ShowRow[]>;
  show(sellerId: string, showId: string): Promise<ShowRow | undefined>;
  keepPriceList(row: PriceListRow): Promise<void>;
  priceLists(sellerId: string): Promise<readonly PriceListRow[]>;
  priceList(sellerId: string, priceListId: string): Promise<PriceListRow | undefined>;
  keepMedia(row: MediaRow): Promise<void>;
  media(sellerId: string): Promise<readonly MediaRow[]>;
  mediaById(sellerId: string, mediaId: string): Promise<MediaRow | undefined>;
}

const numberAttempts = 20;

export function createAuthoringStore({ db }: Store): AuthoringStore {
  const owned = (sellerId: string) =>
    db
      .selectFrom("auditoriums as a")
      .innerJoin("venues as v", "v.id", "a.venue_id")
      .innerJoin("seat_maps as m", "m.id", "a.seat_map_id")
      .selectAll("a")
      .select(["m.place_count", "v.number as venue_number"])
      .where("v.seller_id", "=", sellerId);
  const mine = (table: "venues" | "shows" | "price_lists" | "media", sellerId: string) =>
    db.selectFrom(table).selectAll().where("seller_id", "=", sellerId);

  return {
    begun: (sellerId) => findBegun(db, sellerId),
    seller: (id) => db.selectFrom("sellers").selectAll().where("id", "=", id).executeTakeFirst(),
    async addVenue(row) {
      for (let attempt = 1; ; attempt += 1) {
        const last = await db
          .selectFrom("venues")
          .select((e) => e.fn.max("number").as("number"))
          .executeTakeFirst();
        const venue = { ...row, number: (last?.number ?? 0) + 1 };
        try {
          await db.insertInto("venues").values(venue).execute();
          return venue;
        } catch (error) {
          if (!isTaken(error) || attempt === numberAttempts) throw error;
        }
      }
    },
    async changeVenue(sellerId, venueId, change) {
      await db.updateTable("venues").set(change).where("id", "=", venueId).where("seller_id", "=", sellerId).execute();
    },
    venues: (sellerId) => mine("venues", sellerId).orderBy("name").execute(),
    venue: (sellerId, id) => mine("venues", sellerId).where("id", "=", id).executeTakeFirst(),

    async addAuditorium(row) {
      await db.insertInto("auditoriums").values(row).execute();
    },
    async changeAuditorium(id, change, seatMapId) {
      const changed = await db
        .updateTable("auditoriums")
        .set(change)
        .where("id", "=", id)
        .$if(seatMapId !== undefined, (query) => query.where("seat_map_id", "=", seatMapId ?? ""))
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
    auditoriums: (sellerId, venueId) =>
      owned(sellerId)
        .$if(venueId !== undefined, (query) => query.where("a.venue_id", "=", venueId ?? ""))
        .orderBy("a.name")
        .execute(),
    auditorium: (sellerId, id) => owned(sellerId).where("a.id", "=", id).executeTakeFirst(),
    async auditoriumsById(sellerId, ids) {
      return ids.length === 0 ? [] : owned(sellerId).where("a.id", "in", ids).execute();
    },
    async seatMapsInUse(sellerId) {
      const rows = await db
        .selectFrom("auditoriums as a")
        .innerJoin("venues as v", "v.id", "a.venue_id")
        .innerJoin("seat_maps as m", "m.id", "a.seat_map_id")
        .where("v.seller_id", "=", sellerId)
        .groupBy(["m.id", "m.place_count"])
        .orderBy("m.place_count")
        .select((e) => [
          "m.id",
          "m.place_count",
          e.fn.min("a.id").as("auditorium"),
          e.fn.countAll<number | string>().as("n"),
        ])
        .execute();
      return rows.map((row) => ({
        seatMapId: row.id,
        placeCount: row.place_count,
        auditoriumId: row.auditorium,
        auditoriums: Number(row.n),
      }));
    },
    async keepSeatMap(row) {
      await db
        .insertInto("seat_maps")
        .values(row)
        .onConflict((c) => c.column("id").doNothing())
        .execute();
    },
    seatMap: (id) => db.selectFrom("seat_maps").selectAll().where("id", "=", id).executeTakeFirst(),

    async addShow(row) {
      await db.insertInto("shows").values(row).execute();
    },
    async changeShow(sellerId, showId, change) {
      await db.updateTable("shows").set(change).where("id", "=", showId).where("seller_id", "=", sellerId).execute();
    },
    shows: (sellerId) =>
      mine("shows", sellerId).orderBy("updated_at", "desc").orderBy("id").execute() as Promise<ShowRow[]>,
    show: (sellerId, id) =>
      mine("shows", sellerId).where("id", "=", id).executeTakeFirst() as Promise<ShowRow | undefined>,

    async keepPriceList(row) {
      await db
        .insertInto("price_lists")
        .values(row)
        .onConflict((c) => c.column("id").doNothing())
        .execute();
    },
    priceLists: (sellerId) => mine("price_lists", sellerId).orderBy("id").execute(),
    priceList: (sellerId, id) => mine("price_lists", sellerId).where("id", "=", id).executeTakeFirst(),
    async keepMedia(row) {
      await db
        .insertInto("media")
        .values(row)
        .onConflict((c) => c.column("id").doNothing())
        .execute();
    },
    media: (sellerId) => mine("media", sellerId).orderBy("created_at", "desc").execute() as Promise<MediaRow[]>,
    mediaById: (sellerId, id) =>
      mine("media", sellerId).where("id", "=", id).executeTakeFirst() as Promise<MediaRow | undefined>,
  };
}

/** The first of each that there is. */
async function findBegun(db: Store["db"], sellerId: string): Promise<Begun> {
  const venue = await db
    .selectFrom("venues")
    .select("id")
    .where("seller_id", "=", sellerId)
    .limit(1)
    .executeTakeFirst();
  const auditorium = await db
    .selectFrom("venues as v")
    .innerJoin("auditoriums as a", "a.venue_id", "v.id")
    .select("a.id")
    .where("v.seller_id", "=", sellerId)
    .limit(1)
    .executeTakeFirst();
  const shows = db.selectFrom("shows as w").where("w.seller_id", "=", sellerId).where("w.status", "!=", "archived");
  const show = await shows.select(["w.id", "w.status"]).orderBy("w.status", "desc").limit(1).executeTakeFirst();
  const prices = db.selectFrom("price_lists").select("id").where("seller_id", "=", sellerId).limit(1);
  const priceList = await prices.executeTakeFirst();
  const showings = db
    .selectFrom("shows as w")
    .innerJoin("showings as s", "s.show_id", "w.id")
    .select("s.id")
    .where("w.seller_id", "=", sellerId)
    .limit(1);
  const published = await showings.where("s.status", "!=", "draft").executeTakeFirst();
  const showing = published ?? (await showings.executeTakeFirst());
  return {
    ...(venue && { venueId: venue.id }),
    ...(auditorium && { auditoriumId: auditorium.id }),
    ...(show && { showId: show.id }),
    showPublished: show?.status === "published",
    ...(priceList && { priceListId: priceList.id }),
    ...(showing && { showingId: showing.id }),
    onSale: published !== undefined,
  };
}
