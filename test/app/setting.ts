// The whole of Marquee over a temporary folder, asked over HTTP as a browser or a script asks.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApp, type App } from "../../src/app.ts";
import type { System } from "../../src/app/system.ts";
import { readConfig } from "../../src/config.ts";
import { keyOf, type Person } from "../accounts/signed-up.ts";

/** Where somebody signs up and reads the mail. */
export interface Place {
  url: string;
  /** Asks for an account; the link that is mailed. */
  register(person: Person): Promise<string>;
}

export interface House extends Place {
  app: App;
  folder: string;
  /** Closes and opens again over the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an empty installation on a free port; leaves nothing behind if it cannot. */
export async function openHouse(
  flags: Record<string, string> = {},
  given: Partial<System> = {},
  kind: { isDemo?: boolean } = {},
): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), "marquee-app-"));
  const open = () => openApp(readConfig({ data: folder, port: "0", "log-level": "error", ...flags }, {}), given, kind);
  let app: App | undefined;
  try {
    app = await open();
    return houseOf(app, await app.listen(), folder, open);
  } catch (error) {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function houseOf(app: App, url: string, folder: string, open: () => Promise<App>): House {
  const house: House = {
    app,
    url,
    folder,
    register: async (person) => (await house.app.accounts.register(person)).path,
    async restart() {
      await house.app.close();
      house.app = await open();
      house.url = await house.app.listen();
    },
    async close() {
      await house.app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}

export interface Answer<Body> {
  status: number;
  body: Body;
}

/** Somebody with a cookie jar. */
export function visitor(house: Pick<Place, "url">) {
  const cookies = new Map<string, string>();
  return {
    async ask<Body = Record<string, unknown>>(method: string, path: string, body?: object): Promise<Answer<Body>> {
      const response = await fetch(house.url + path, {
        method,
        redirect: "manual",
        headers: {
          ...(body ? { "content-type": "application/json" } : {}),
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json");
      return { status: response.status, body: (isJson && text ? JSON.parse(text) : text) as Body };
    },
  };
}

export type Visitor = ReturnType<typeof visitor>;

/** A day so many days ahead in Denver. */
export function denverDay(ahead: number): string {
  return Temporal.Now.plainDateISO("America/Denver").add({ days: ahead }).toString();
}

/** What a seller has on sale after `openShop`. */
export interface Shop {
  seller: Visitor;
  email: string;
  sellerId: string;
  showId: string;
  venueId: string;
  priceListId: string;
  auditoriumId: string;
  showingIds: string[];
}

async function made<Body>(answer: Promise<Answer<Body>>, status = 201): Promise<Body> {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`answered ${got}: ${JSON.stringify(body)}`);
  return body;
}

/** Makes somebody an account, and signs them in. */
export async function signUp(place: Place, who: Visitor, person: Person): Promise<void> {
  const token = keyOf(await place.register(person));
  await made(who.ask("POST", "/api/v1/accounts/confirm", { token, password: person.password }));
}

/** A new seller in Denver with one film in one small cinema, at 19:30 tomorrow and the day after. */
export async function openShop(house: Place, template = "small-cinema"): Promise<Shop> {
  const seller = visitor(house);
  const email = `sam-${Math.random().toString(36).slice(2)}@example.org`;
  await signUp(house, seller, { email, name: "Sam Seller", password: "velvet rope 1927" });
  const { id: sellerId } = await made(
    seller.ask<{ id: string }>("POST", "/api/v1/sellers", { name: "Esquire", currency: "USD" }),
  );
  const at = `/api/v1/sellers/${sellerId}`;
  const { id: venueId } = await made(
    seller.ask<{ id: string }>("POST", `${at}/venues`, {
      name: "Esquire Theatre",
      address: "590 Downing St",
      city: "Denver",
      region: "CO",
      country: "US",
      latitude: 39.725,
      longitude: -104.973,
      timeZone: "America/Denver",
    }),
  );
  const auditorium = await made(
    seller.ask<{ id: string; seatMapId: string }>("POST", `${at}/auditoriums`, { venueId, name: "Room 1", template }),
  );
  const { seatMap } = await made(
    seller.ask<{ seatMap: { sections: { id: string }[] } }>("GET", `${at}/auditoriums/${auditorium.id}`),
    200,
  );
  const sections = Object.fromEntries(seatMap.sections.map((section) => [section.id, 1_200]));
  const { id: priceListId } = await made(
    seller.ask<{ id: string }>("POST", `${at}/price-lists`, { tiers: [{ id: "adult", name: "Adult", sections }] }),
  );
  const { id: showId } = await made(
    seller.ask<{ id: string }>("POST", `${at}/shows`, {
      kind: "film",
      title: "The Long Matinee",
      runningMinutes: 95,
      genres: ["Drama"],
      synopsis: "An afternoon that does not end.",
    }),
  );
  await made(seller.ask("POST", `${at}/shows/${showId}/publish`), 200);
  const { showings } = await made(
    seller.ask<{ showings: { id: string }[] }>("POST", `${at}/showings`, {
      showId,
      auditoriumId: auditorium.id,
      priceListId,
      times: ["19:30"],
      from: denverDay(1),
      to: denverDay(2),
      publish: true,
    }),
  );
  const showingIds = showings.map((showing) => showing.id);
  return { seller, email, sellerId, showId, venueId, priceListId, auditoriumId: auditorium.id, showingIds };
}
