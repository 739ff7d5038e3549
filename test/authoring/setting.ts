// A seller with everything it lists, over a real store in a temporary folder.

import { join } from "node:path";
import type { By, ScheduleInput, ShowInput, VenueInput } from "../../src/catalogue/authoring/authoring.ts";
import { createAuthoring } from "../../src/catalogue/authoring/create-authoring.ts";
import type { AuthoringSettings, CataloguePublisher } from "../../src/catalogue/authoring/parts.ts";
import type { Showing } from "../../src/catalogue/model.ts";
import { createFolderContent } from "../../src/media/folder.ts";
import { createPosters } from "../../src/media/poster.ts";
import { createAudit } from "../../src/store/audit.ts";
import { createJobs } from "../../src/store/jobs.ts";
import { createSetting, person } from "../accounts/setting.ts";

export const cinema: VenueInput = {
  name: "Mayan",
  address: "110 Broadway",
  city: "Denver",
  region: "CO",
  country: "US",
  latitude: 39.7,
  longitude: -104.99,
  timeZone: "America/Denver",
};

export const film: ShowInput = {
  kind: "film",
  title: "The Third Man",
  synopsis: "A writer looks for his friend in Vienna.",
  genres: ["Thriller"],
  cast: ["Joseph Cotten"],
  directors: ["Carol Reed"],
  runningMinutes: 104,
  rating: "NR",
  language: "English",
  year: 1949,
  trailerUrl: "",
  posterId: "",
};

/** The seller's side with a publisher and sales that only keep what they were asked for. */
export async function openAuthoring() {
  const setting = await createSetting();
  const { store, clock, random, accounts } = setting;
  const asked: string[] = [];
  const publisher: CataloguePublisher = {
    publishVenueDay: async (_venueId, date) => void asked.push(`day ${date}`),
    publishShows: async () => void asked.push("shows"),
    publishVenues: async () => void asked.push("venues"),
    publishSeatMap: async (id) => void asked.push(`seat map ${id}`),
  };
  /** Showings of which something is held. */
  const held = new Set<string>();
  const sales: AuthoringSettings["sales"] = {
    cancelShowing: async ({ showingId }) => ({ jobId: `cancel:${showingId}` }),
    block: async ({ seats, blocked }) => void asked.push(`${blocked ? "block" : "unblock"} ${seats.join(" ")}`),
    async availability({ id }) {
      const counts = { free: 100, held: held.has(id) ? 2 : 0, paying: 0, sold: 0, blocked: 0, admitted: 0 };
      return { version: 1, free: 100, sections: [{ id: "MAIN", ...counts }] };
    },
  };
  const audit = createAudit(store.db, clock, random);
  const authoring = createAuthoring({
    store,
    publisher,
    catalogue: { showing: async (id) => ({ id }) as Showing },
    sales,
    media: createPosters(createFolderContent(join(setting.folder, "static"), random)),
    clock,
    random,
    audit,
    jobs: createJobs(store.db),
  });
  const sellerOf = async (name: string): Promise<By> => {
    const { id } = await person(setting, name);
    const seller = await accounts.openSeller(id, { name: `${name}'s`, currency: "USD" });
    return { sellerId: seller.id, actor: id };
  };
  const by = await sellerOf("olga");
  return {
    ...setting,
    [Symbol.asyncDispose]: () => setting[Symbol.asyncDispose](),
    authoring,
    publisher,
    audit,
    asked,
    held,
    by,
    sellerOf,
  };
}

export type AuthoringSetting = Awaited<ReturnType<typeof openAuthoring>>;

/** A venue with a small cinema, a published film and prices: all that a schedule needs. */
export async function listed({ authoring, by }: Pick<AuthoringSetting, "authoring" | "by">, timeZone?: string) {
  const venue = await authoring.addVenue(by, { ...cinema, ...(timeZone ? { timeZone } : {}) });
  const auditorium = await authoring.addAuditorium(by, {
    venueId: venue.id,
    name: "One",
    turnaroundMinutes: 20,
    template: "small-cinema",
  });
  const show = await authoring.addShow(by, film);
  await authoring.publishShow(by, show.id);
  const { layout } = await authoring.seatMap(auditorium.seatMapId);
  const sections = Object.fromEntries(layout.sections.map((section) => [section.id, 1_200]));
  const prices = await authoring.setPrices(by, { tiers: [{ id: "adult", name: "Adult", sections }] });
  const plan: ScheduleInput = {
    showId: show.id,
    auditoriumId: auditorium.id,
    priceListId: prices.list.id,
    times: ["19:30"],
    weekdays: [],
    from: "2026-12-01",
    to: "2026-12-01",
  };
  return { venue, auditorium, show, prices, plan, sections };
}
