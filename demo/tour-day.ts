// What the tour's pictures show: a cinema and an arena of the demo, with some sales made through the API.

interface Page<Item> {
  items: Item[];
}

interface Showing {
  id: string;
  showId: string;
  capacity: number;
  startsAt: string;
}

/** Where the tour goes. */
export interface Day {
  url: string;
  /** Tomorrow at the cinema. */
  date: string;
  near: string;
  showId: string;
  venueId: string;
  showingId: string;
  arenaId: string;
  sellerId: string;
  auditoriumId: string;
  /** A ticket's code that no door has seen yet; a new one each time. */
  newTicket(): Promise<string>;
  /** An order of the demo's buyer. */
  orderId: string;
}

const near = "Denver, CO";
const password = "marquee demo";
const buyers = ["Ada Marsh", "Bruno Keller", "Carla Reyes", "Dev Patel", "Emma Olsen", "Femi Adeyemi", "Grace Liu"];
/** Places in a room that half the sales do not fill. */
const largeRoom = 300;
/** Orders that the cinema's seller gets, half of them for one showing. */
const sales = 90;

/** Somebody who asks the API, with cookies. */
function client(url: string) {
  let cookie = "";
  return async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(body ? { "content-type": "application/json" } : {}), cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const set = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
    cookie = [...cookie.split("; ").filter(Boolean), ...set].join("; ");
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
}

/** Finds the places of the tour and sells some tickets. */
export async function openDay(url: string): Promise<Day> {
  const ask = client(url);
  const date = Temporal.Now.plainDateISO("America/Denver").add({ days: 1 }).toString();
  const seller = client(url);
  const { memberships } = await seller<{ memberships: { sellerId: string }[] }>("POST", "/session", {
    email: "seller@demo.example",
    password,
  });
  const arena = await arenaOf(ask);
  const cinema = await cinemaOf(
    ask,
    seller,
    memberships.map(({ sellerId }) => sellerId),
    date,
  );
  const buyer = client(url);
  await buyer("POST", "/session", { email: "buyer@demo.example", password });
  const [popular = ""] = cinema.showingIds;
  for (let sale = 0; sale < sales; sale += 1) {
    const other = cinema.showingIds[(sale * sale) % cinema.showingIds.length] ?? popular;
    await buy(client(url), sale % 2 === 0 ? popular : other, 1 + ((sale * 7) % 5), buyers[sale % buyers.length] ?? "");
  }
  const orderId = await buy(buyer, popular, 2, "Billie Buyer");
  return {
    url,
    date,
    near,
    orderId,
    arenaId: arena,
    showingId: popular,
    ...cinema,
    async newTicket() {
      const id = await buy(buyer, cinema.showingIds[1] ?? popular, 1, "Billie Buyer");
      const { items } = await buyer<Page<{ token: string }>>("GET", `/orders/${id}/tickets`);
      return items[0]?.token ?? "";
    },
  };
}

type Ask = ReturnType<typeof client>;

let orders = 0;

async function buy(ask: Ask, showingId: string, quantity: number, name: string): Promise<string> {
  const asked = { bestAvailable: { quantity } };
  const { id: holdId } = await ask<{ id: string }>("POST", `/showings/${showingId}/holds`, asked);
  orders += 1;
  const id = `tour-order-${String(orders).padStart(8, "0")}`;
  const buyer = { name, email: `${name.split(" ")[0]?.toLowerCase()}@example.org` };
  await ask("POST", "/orders", { id, holdId, buyer, payment: { provider: "sandbox", token: "tok_approve" } });
  return id;
}

async function arenaOf(ask: Ask): Promise<string> {
  const { items } = await ask<Page<{ next: { id: string; capacity: number } }>>(
    "GET",
    "/shows?kind=event&limit=10&sort=popular",
  );
  const arena = items.find(({ next }) => next.capacity >= 20_000);
  if (!arena) throw new Error("the demo has no arena");
  return arena.next.id;
}

/** The cinema in Denver with the most showings tomorrow, and whose it is. */
async function cinemaOf(ask: Ask, seller: Ask, sellers: readonly string[], date: string) {
  const { items } = await ask<Page<{ id: string }>>("GET", `/venues?near=39.74,-104.98&limit=12`);
  for (const { id: venueId } of items) {
    const all = await ask<Page<Showing>>("GET", `/venues/${venueId}/showings?on=${date}`);
    const showings = all.items.filter(({ capacity }) => capacity < 1_000);
    const owner = await ownerOf(seller, sellers, venueId);
    // The evening's first in a large room stands in front: it is the one that is shown.
    const evening = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: "America/Denver", plainTime: "18:30" });
    const first = showings.find(
      ({ startsAt, capacity }) => capacity >= largeRoom && Date.parse(startsAt) >= evening.epochMilliseconds,
    );
    if (!owner || !first || showings.length < 10) continue;
    const others = showings.filter(({ id }) => id !== first.id);
    return { venueId, showId: first.showId, showingIds: [first, ...others].map(({ id }) => id), ...owner };
  }
  throw new Error("the demo has no cinema in Denver");
}

async function ownerOf(seller: Ask, sellers: readonly string[], venueId: string) {
  for (const sellerId of sellers) {
    const { items } = await seller<Page<{ id: string; venueId: string }>>(
      "GET",
      `/sellers/${sellerId}/auditoriums?limit=200`,
    );
    const room = items.find((one) => one.venueId === venueId);
    if (room) return { sellerId, auditoriumId: room.id };
  }
  return undefined;
}
