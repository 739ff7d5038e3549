// Sells the planned orders: through the same use cases as any sale, each at its own time.

import type { Showing } from "../../src/catalogue/model.ts";
import { Refusal, type RefusalCode } from "../../src/domain/refusals.ts";
import type { BuyerDetails } from "../../src/domain/orders.ts";
import type { Inventory } from "../../src/inventory/port.ts";
import { refOf, showingOf, type SalesDeps } from "../../src/sales/deps.ts";
import type { Customer, HoldInput, OrderAccess, PricedHold, Sales } from "../../src/sales/sales.ts";
import { seeded, type Seeded } from "../seeded.ts";
import type { PlannedOrder } from "./orders.ts";
import type { ManyTimes } from "./times.ts";

export interface SellSettings {
  sales: Sales;
  catalogue: SalesDeps["catalogue"];
  inventory: Pick<Inventory, "scan">;
  times: ManyTimes;
  /** The one who signs in to the demo to buy. */
  buyer: BuyerDetails & { accountId: string };
  /** The account that refunds for the sellers. */
  sellerAccountId: string;
  onProgress(done: number, total: number): void;
  stop?: AbortSignal;
}

/** Something happens to an order. */
interface Happening {
  at: number;
  kind: "bought" | "given back" | "used";
  order: PlannedOrder;
}

/** Done side by side: as many as share a few writes to the disk. */
const atOnce = 512;

/** Lets everything happen that the orders say, in its order. Once `stop` is aborted, throws its reason. */
export async function sellOrders(settings: SellSettings, orders: readonly PlannedOrder[]): Promise<void> {
  const happenings = orders.flatMap(happeningsOf).toSorted((a, b) => a.at - b.at);
  const bought = new Map<string, OrderAccess>();
  for (let from = 0; from < happenings.length; from += atOnce) {
    settings.stop?.throwIfAborted();
    const some = happenings.slice(from, from + atOnce);
    await buy(settings, bought, ordersOf(some, "bought"));
    const has = ({ id }: PlannedOrder) => bought.has(id);
    await Promise.all(
      ordersOf(some, "given back")
        .filter(has)
        .map((order) => giveBack(settings, order, bought.get(order.id) ?? {})),
    );
    await Promise.all(
      ordersOf(some, "used")
        .filter(has)
        .map((order) => useTickets(settings, order, bought.get(order.id) ?? {})),
    );
    settings.onProgress(Math.min(from + atOnce, happenings.length), happenings.length);
  }
}

function happeningsOf(order: PlannedOrder): Happening[] {
  const [arrives] = order.arrivals;
  return [
    { at: order.at, kind: "bought", order },
    ...(order.giveBack ? [{ at: order.giveBack.at, kind: "given back" as const, order }] : []),
    ...(arrives === undefined ? [] : [{ at: arrives, kind: "used" as const, order }]),
  ];
}

function ordersOf(happenings: readonly Happening[], kind: Happening["kind"]): PlannedOrder[] {
  return happenings.filter((happening) => happening.kind === kind).map(({ order }) => order);
}

/** Seats are chosen one after the other, so that everybody gets the same whenever this runs; then all pay side by side. */
async function buy(
  settings: SellSettings,
  bought: Map<string, OrderAccess>,
  orders: readonly PlannedOrder[],
): Promise<void> {
  const held: { order: PlannedOrder; hold: PricedHold }[] = [];
  for (const order of orders) {
    const hold = await settings.times.at(order.at, () => choose(settings, order));
    if (hold) held.push({ order, hold });
  }
  await Promise.all(
    held.map(({ order, hold }) =>
      settings.times.at(order.at, async () => {
        const access = await pay(settings, order, hold);
        if (access) bought.set(order.id, access);
      }),
    ),
  );
}

function customerOf({ buyer }: SellSettings, order: PlannedOrder): Customer {
  const addressPrefix = `demo ${order.id}`;
  if (order.buyer) return { holder: `g:${order.id}`, addressPrefix };
  return { holder: `a:${buyer.accountId}`, accountId: buyer.accountId, addressPrefix };
}

async function pay(settings: SellSettings, order: PlannedOrder, hold: PricedHold): Promise<OrderAccess | undefined> {
  const { sales, buyer } = settings;
  const customer = customerOf(settings, order);
  const { email, name, language } = order.buyer ?? buyer;
  const input = { id: order.id, holdId: hold.id, buyer: { email, name, ...(language ? { language } : {}) } };
  const token = order.declined ? "tok_decline" : "tok_approve";
  try {
    const { secret } = await sales.checkOut({ ...input, payment: { provider: "sandbox", token } }, customer);
    const account = order.buyer ? {} : { accountId: buyer.accountId };
    return { ...account, ...(secret === undefined ? {} : { secret }) };
  } catch (error) {
    if (!order.declined || !isRefusal(error, "payment_declined")) throw error;
    await sales.release(hold.id, customer);
    return undefined;
  }
}

async function giveBack(
  { sales, times, sellerAccountId }: SellSettings,
  order: PlannedOrder,
  access: OrderAccess,
): Promise<void> {
  const { id, sellerId, giveBack: back } = order;
  if (!back) return;
  await times.at(back.at, async () => {
    if (back.by === "buyer") return sales.cancelOrder(id, access);
    const [first] = (await sales.order(id, access)).tickets;
    const refund = { orderId: id, sellerId, refundId: `refund-${id}`, reason: "A guest was ill" };
    return sales.refund({ ...refund, actor: sellerAccountId, ...(first ? { seats: [first.seat] } : {}) });
  });
}

/** Lets them in. Their tokens are neither made nor read: that would take as long as everything else together. */
async function useTickets(
  { sales, catalogue, inventory }: SellSettings,
  { id, showingId, arrivals }: PlannedOrder,
  access: OrderAccess,
): Promise<void> {
  const showing = refOf(await showingOf({ catalogue }, showingId));
  const tickets = (await sales.order(id, access)).tickets.filter(({ status }) => status === "active");
  await Promise.all(
    tickets.map(async ({ id: ticketId, place, generation }, index) => {
      const now = arrivals[index];
      if (now !== undefined) await inventory.scan({ showing, ticketId, place, generation, gate: "Main", now });
    }),
  );
}

/** What they like, else the best there is, else fewer places; undefined for who finds nothing. */
async function choose(settings: SellSettings, order: PlannedOrder): Promise<PricedHold | undefined> {
  const { catalogue } = settings;
  const showing = await showingOf({ catalogue }, order.showingId);
  const { tiers, section } = order;
  const chance = seeded("seats", order.id);
  if (order.picky) {
    const seats = await likedSeats(settings, showing, tiers.length, chance);
    const hold = seats && (await tryHold(settings, order, { seats, tiers }));
    if (hold) return hold;
  }
  for (let quantity = tiers.length; quantity > 0; quantity -= 1) {
    const places = order.standing
      ? { standing: [{ section: order.standing, quantity }] }
      : { bestAvailable: { quantity, ...(section === undefined ? {} : { section }) } };
    const hold = await tryHold(settings, order, { ...places, tiers: tiers.slice(0, quantity) });
    if (hold) return hold;
  }
  for (const seat of order.eager ? await freeSeats(settings, showing) : []) {
    const hold = await tryHold(settings, order, { seats: [seat], tiers: tiers.slice(0, 1) });
    if (hold) return hold;
  }
  return undefined;
}

async function tryHold(
  settings: SellSettings,
  order: PlannedOrder,
  wish: Omit<HoldInput, "showingId">,
): Promise<PricedHold | undefined> {
  try {
    return await settings.sales.hold({ showingId: order.showingId, ...wish }, customerOf(settings, order));
  } catch (error) {
    // A limit: who sets fewer seats for a buyer gets smaller groups.
    if (isRefusal(error, "sold_out", "seats_taken", "strands_seat", "limit_exceeded")) return undefined;
    throw error;
  }
}

/** Neighbours somewhere in the back two thirds of the room. */
async function likedSeats(
  { sales, catalogue }: SellSettings,
  showing: Showing,
  quantity: number,
  chance: Seeded,
): Promise<readonly string[] | undefined> {
  const { layout } = await catalogue.seatMap(showing.seatMapId);
  const { states } = await sales.seatStates(showing);
  const runs = layout.sections.flatMap((section) => section.runs).filter(({ length }) => length >= quantity);
  const back = runs.slice(Math.floor(runs.length / 3));
  if (back.length === 0) return undefined;
  const { start, length } = chance.pick(back);
  const first = start + chance.below(length - quantity + 1);
  const places = Array.from({ length: quantity }, (_, index) => first + index);
  return places.every((place) => states[place] === "f") ? places.map((place) => layout.names[place] ?? "") : undefined;
}

async function freeSeats({ sales, catalogue }: SellSettings, showing: Showing): Promise<readonly string[]> {
  const { layout } = await catalogue.seatMap(showing.seatMapId);
  const { states } = await sales.seatStates(showing);
  return layout.names.filter((_, place) => states[place] === "f");
}

function isRefusal(error: unknown, ...codes: readonly RefusalCode[]): boolean {
  return error instanceof Refusal && codes.includes(error.code);
}
