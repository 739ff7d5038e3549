// The stops of the tour: how one gets there, and what the picture is of.

import type { Page } from "playwright-core";
import type { Day } from "./tour-day.ts";

export interface Stop {
  /** The picture's file. */
  name: string;
  /** The first of a part. */
  part?: string;
  title: string;
  sentence: string;
  who: "guest" | "buyer" | "seller" | "door";
  go(page: Page, day: Day): Promise<void>;
}

const seats = async (page: Page, showingId: string) => {
  await page.goto(`/showings/${showingId}`);
  await page.locator(".picker[data-live]").waitFor();
};

/** Chooses seats by keys, so that none is too small for it. */
async function choose(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.locator(`.rows input[value="${name}"]`).focus();
    await page.keyboard.press("Space");
  }
  await page.evaluate(() => scrollTo(0, 0));
}

export const stops: readonly Stop[] = [
  {
    name: "home",
    part: "Buying",
    title: "What is on",
    sentence: "Films and live events near the buyer, each with its next times and what it costs, all in.",
    who: "guest",
    go: async (page, { near, date }) =>
      void (await page.goto(`/?near=${encodeURIComponent(near)}&on=${date}&sort=popular`)),
  },
  {
    name: "list",
    title: "Filters",
    sentence:
      "Tomorrow evening, closest first: every filter is a link, so it works without scripts and can be sent to friends.",
    who: "guest",
    go: async (page, { near, date }) =>
      void (await page.goto(
        `/?near=${encodeURIComponent(near)}&on=${date}&after=17:00&before=21:00&kind=film&sort=closest`,
      )),
  },
  {
    name: "show",
    title: "A show",
    sentence: "Synopsis, cast and trailer, and all showtimes nearby with how full each is.",
    who: "guest",
    go: async (page, { near, showId, date }) =>
      void (await page.goto(`/shows/${showId}?near=${encodeURIComponent(near)}&on=${date}`)),
  },
  {
    name: "seats",
    title: "Seats of a cinema",
    sentence: "A map that follows what others take while one looks; seats are chosen by finger, mouse or keys.",
    who: "guest",
    async go(page, { showingId }) {
      await seats(page, showingId);
      // In front of what is sold best.
      await choose(page, ["F-9", "F-10"]);
    },
  },
  {
    name: "arena",
    title: "Seats of an arena",
    sentence: "20,000 places: sections with prices first, single seats as one comes nearer.",
    who: "guest",
    go: async (page, { arenaId }) => seats(page, arenaId),
  },
  {
    name: "check-out",
    title: "Check-out",
    sentence: "The seats are held for eight minutes, the whole price stands beside the form, and no account is needed.",
    who: "guest",
    async go(page, { showingId }) {
      await seats(page, showingId);
      await page.locator("#best-form button[type=submit]").click();
      await page.waitForURL("**/holds/*");
      await page.locator(".hold-clock-face").waitFor();
    },
  },
  {
    name: "order",
    title: "Tickets",
    sentence: "On the page at once, by e-mail as well, and ready for paper; each code lets in once.",
    who: "buyer",
    go: async (page, { orderId }) => void (await page.goto(`/orders/${orderId}`)),
  },
  {
    name: "account",
    title: "Orders of an account",
    sentence: "What is coming and what was, with the tickets a tap away.",
    who: "buyer",
    go: async (page) => void (await page.goto("/account/orders")),
  },
  {
    name: "dashboard",
    part: "Selling",
    title: "Dashboard",
    sentence: "Sales as they happen, compared with the days before, and which showings need attention.",
    who: "seller",
    async go(page, { sellerId }) {
      await page.goto(`/sell/${sellerId}`);
      await page.locator(".uplot canvas").waitFor();
    },
  },
  {
    name: "schedule",
    title: "The day's grid",
    sentence: "Every room of a venue: showings are dragged or moved by keys, and a clash shows before it is saved.",
    who: "seller",
    async go(page, { sellerId, venueId, date }) {
      await page.goto(`/sell/${sellerId}/showings?venue=${venueId}&date=${date}`);
      await page.locator(".day-grid-live").waitFor();
    },
  },
  {
    name: "editor",
    title: "Auditorium editor",
    sentence: "Rooms are drawn with the mouse or by fields and keys alone, from a template or from nothing.",
    who: "seller",
    async go(page, { sellerId, auditoriumId }) {
      await page.goto(`/sell/${sellerId}/auditoriums/${auditoriumId}/edit`);
      await page.locator('[data-editor="open"]').waitFor();
    },
  },
  {
    name: "prices",
    title: "Prices",
    sentence: "A price for each section and kind of ticket, with what buyers pay in the end.",
    who: "seller",
    async go(page, { sellerId, auditoriumId }) {
      await page.goto(`/sell/${sellerId}/prices/new/${auditoriumId}`);
      const fields = page.locator("input[name^=price-]");
      for (const [index, amount] of ["13.00", "9.50"].entries()) await fields.nth(index).fill(amount);
      // What buyers pay is worked out first, and nothing saved.
      await page.locator("main form button[type=submit]").first().click();
      await page.getByRole("cell").first().waitFor();
    },
  },
  {
    name: "orders",
    title: "Orders",
    sentence: "Searched by name, e-mail or number, refunded as a whole or in part, and exported.",
    who: "seller",
    go: async (page, { sellerId }) => void (await page.goto(`/sell/${sellerId}/orders`)),
  },
  {
    name: "door",
    title: "At the door",
    sentence: "A ticket lets in once; a second time the answer says when and where it was used.",
    who: "door",
    async go(page, { sellerId, newTicket }) {
      await page.goto(`/sell/${sellerId}/scan`);
      await page.locator("input[name=token]").fill(await newTicket());
      await page.locator("input[name=token]").press("Enter");
      await page.locator(".door-box[data-tone=yes]").waitFor();
    },
  },
];
