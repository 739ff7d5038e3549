// A day of a ticket seller in virtual time: many buyers at several showings, every way of paying, outcomes unknown, restarts
// at random moments, the slow path behind, sellers who refund, block and cancel. From a printed seed. What each buyer was
// told is written down apart from the system, and at the end everything must agree.

import { deepEqual, equal, ok } from "node:assert/strict";
import { it } from "node:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyFolder } from "../../src/installation.ts";
import { sandboxTokens } from "../../src/payments/sandbox/sandbox.ts";
import type { OrderInput, OrderView } from "../../src/sales/sales.ts";
import { makeShowing, openTheatre, sellerId, type Theatre } from "../sales/fixture.ts";
import { seededRandom, testSeed } from "../seed.ts";

/** What one buyer knows. */
interface Buyer {
  name: string;
  showing: number;
  request?: OrderInput;
  /** Every final answer to the request, in order: they must all be the same. */
  answers: string[];
  order?: OrderView;
  gone: boolean;
}

interface Day {
  theatre: Theatre;
  random(): number;
  buyers: Buyer[];
  cancelled: Set<string>;
  /** Order and seat of everybody who was let in. */
  admitted: string[];
  steps: Record<string, number>;
}

const stepsOfDay = 900;
const pick = <Value>(day: Day, values: readonly Value[]): Value | undefined =>
  values[Math.floor(day.random() * values.length)];
const codeOf = (error: unknown): string => {
  const { code } = error as { code?: string };
  if (code === undefined) throw error;
  return code;
};
const count = (day: Day, what: string) => (day.steps[what] = (day.steps[what] ?? 0) + 1);

const confirmed = ({ tickets }: Pick<OrderView, "tickets">) =>
  `confirmed ${tickets
    .map(({ id }) => id)
    .toSorted()
    .join()}`;

function customer({ name }: Buyer) {
  return { holder: `a:${name}`, accountId: name, addressPrefix: `net-${name.length}` };
}

/** A new buyer wants one to four places, in one of the ways there are. */
async function arrive(day: Day): Promise<void> {
  const { theatre, random, buyers } = day;
  const showing = Math.floor(random() * theatre.showings.length);
  const buyer: Buyer = { name: `buyer-${buyers.length}`, showing, answers: [], gone: false };
  buyers.push(buyer);
  const { showing: what, seatMap } = theatre.showings[showing] ?? theatre;
  const quantity = 1 + Math.floor(random() * 4);
  const from = Math.floor(random() * seatMap.layout.placeCount);
  const wish =
    random() < 0.5 ? { bestAvailable: { quantity } } : { seats: seatMap.layout.names.slice(from, from + quantity) };
  try {
    const hold = await theatre.sales.hold({ showingId: what.id, ...wish }, customer(buyer));
    const token = random() < 0.45 ? "tok_approve" : (pick(day, sandboxTokens) ?? "tok_approve");
    buyer.request = {
      id: `order-of-${buyer.name}-${"x".repeat(8)}`,
      holdId: hold.id,
      buyer: { email: `${buyer.name}@example.org`, name: buyer.name },
      payment: { provider: "sandbox", token },
      expectedTotalMinor: hold.totalMinor,
    };
    // Some think about it and never pay.
    if (random() < 0.15) buyer.gone = true;
  } catch (error) {
    count(day, codeOf(error));
    buyer.gone = true;
  }
}

/** A buyer pays, or asks again for what was asked before. */
async function pay(day: Day, buyer: Buyer | undefined): Promise<void> {
  if (!buyer?.request || buyer.gone) return;
  try {
    const order = await day.theatre.sales.checkOut(buyer.request, customer(buyer));
    buyer.order = order;
    count(day, order.status);
    if (order.status === "confirmed") buyer.answers.push(confirmed(order));
  } catch (error) {
    const code = codeOf(error);
    count(day, code);
    if (code !== "sales_paused") buyer.answers.push(code);
  }
}

/** A few clients at once, among them twins of one request. */
async function rush(day: Day): Promise<void> {
  await Promise.all(Array.from({ length: 6 }, () => arrive(day)));
  const some = Array.from({ length: 8 }, () => pick(day, day.buyers));
  await Promise.all(some.map((buyer) => pay(day, buyer)));
}

async function act(day: Day): Promise<void> {
  const { theatre, random } = day;
  const waiting: string[] = [];
  for await (const { state } of theatre.payments.list(0, true))
    if (state.state === "requires_action") waiting.push(state.paymentId);
  const paymentId = pick(day, waiting);
  if (paymentId !== undefined) await theatre.payments.act(paymentId, random() < 0.6);
}

async function scan(day: Day): Promise<void> {
  const { theatre } = day;
  const buyer = pick(
    day,
    day.buyers.filter(({ order }) => order?.status === "confirmed"),
  );
  if (!buyer?.order) return;
  const tickets = await theatre.sales.tickets(buyer.order.id, { accountId: buyer.name });
  const ticket = pick(day, tickets);
  if (!ticket) return;
  const answer = await theatre.sales.scan({ token: ticket.token, gate: "g", sellerIds: [sellerId], actor: "door" });
  count(day, answer.admitted ? "admitted" : (answer.reason ?? "not admitted"));
  if (answer.admitted) day.admitted.push(`${ticket.id} ${ticket.generation}`);
}

async function refund(day: Day): Promise<void> {
  const buyer = pick(
    day,
    day.buyers.filter(({ order }) => order?.status === "confirmed"),
  );
  if (!buyer?.order) return;
  const seats = day.random() < 0.5 ? [pick(day, buyer.order.tickets)?.seat ?? ""] : undefined;
  const refundId = `r${Math.floor(day.random() * 3)}`;
  const input = { orderId: buyer.order.id, sellerId, refundId, reason: "ill", actor: "manager" };
  try {
    await day.theatre.sales.refund({ ...input, ...(seats ? { seats } : {}) });
    count(day, "refunded");
  } catch (error) {
    count(day, codeOf(error));
  }
}

async function move(day: Day): Promise<void> {
  const buyer = pick(
    day,
    day.buyers.filter(({ order }) => order?.status === "confirmed"),
  );
  if (!buyer?.order) return;
  const { names } = (day.theatre.showings[buyer.showing] ?? day.theatre).seatMap.layout;
  const order = await day.theatre.deps.inventory.orderById(buyer.order.id);
  const lines = (order?.draft.lines ?? buyer.order.lines).filter(() => day.random() < 0.6);
  const first = Math.floor(day.random() * names.length);
  const moves = lines.map(({ seat }, at) => ({ from: seat, to: names[first + at] ?? "" }));
  const input = { orderId: buyer.order.id, sellerId, moveId: `m${Math.floor(day.random() * 4)}`, moves, actor: "m" };
  try {
    // Whoever moves is told anew which tickets are theirs.
    buyer.answers = [confirmed(await day.theatre.sales.moveSeats(input))];
    count(day, "moved");
  } catch (error) {
    count(day, codeOf(error));
  }
}

async function block(day: Day): Promise<void> {
  const { showing, seatMap } = pick(day, day.theatre.showings) ?? day.theatre;
  const seats = [pick(day, seatMap.layout.names) ?? ""];
  const input = { showingId: showing.id, sellerId, seats, blocked: day.random() < 0.7, actor: "manager" };
  await day.theatre.sales.block(input).catch((error: unknown) => count(day, codeOf(error)));
}

const cancellation = (showingId: string) => ({ showingId, sellerId, reason: "flood", actor: "manager" });

async function restart(day: Day): Promise<void> {
  const { theatre } = day;
  const { folder, showings, time } = theatre;
  count(day, "restarts");
  await theatre.stop();
  time.now += 5_000;
  day.theatre = await openTheatre({ folder, showings, start: time.now });
}

/** One of the things that happen on such a day. */
async function step(day: Day): Promise<void> {
  const { theatre, random } = day;
  theatre.time.now += Math.floor(random() * 8_000);
  const dice = random();
  if (dice < 0.25) await arrive(day);
  else if (dice < 0.5) await pay(day, pick(day, day.buyers.slice(-30)));
  else if (dice < 0.55) await rush(day);
  else if (dice < 0.65) await theatre.inventory.sweep(theatre.time.now);
  else if (dice < 0.74) await theatre.sales.reconcileUnfinished();
  else if (dice < 0.77) await theatre.sales.reconcileReserved(0);
  else if (dice < 0.82) await act(day);
  else if (dice < 0.87) await scan(day);
  else if (dice < 0.9) await refund(day);
  else if (dice < 0.925) await move(day);
  else if (dice < 0.94) await block(day);
  else if (dice < 0.97) await theatre.apply();
  else if (dice < 0.985) await restart(day);
  else if (dice < 0.99) theatre.time.now += 600_000;
  else if (day.cancelled.size === 0 && random() < 0.3) {
    const showingId = theatre.showings[2]?.showing.id ?? "";
    day.cancelled.add(showingId);
    await theatre.sales.cancelShowing(cancellation(showingId));
  } else for (const id of day.cancelled) await theatre.sales.refundCancelledShowing(cancellation(id));
}

/** Everybody goes home; what is open comes to its end. */
async function evening(day: Day): Promise<void> {
  const { time } = day.theatre;
  const { inventory, sales, apply } = day.theatre;
  for (let round = 0; round < 4; round += 1) {
    time.now += 1_300_000;
    await inventory.sweep(time.now);
    await sales.reconcileUnfinished();
    await sales.reconcileReserved(0);
    for (const id of day.cancelled) await sales.refundCancelledShowing(cancellation(id));
    await apply();
  }
}

/** What buyers were told agrees with what is. */
async function compareWithBuyers({ theatre, buyers, cancelled, admitted }: Day): Promise<void> {
  const told = new Map<string, string>();
  for (const { request, answers, showing, name } of buyers) {
    if (!request) continue;
    const order = await theatre.deps.orders.byId(request.id);
    ok(new Set(answers).size <= 1, `${name} was told ${answers.join(", then ")}`);
    const [answer] = answers;
    if (answer?.startsWith("confirmed") === true) {
      equal(order?.status, "confirmed");
      equal(order && confirmed(order), answer);
    }
    if (answer === "payment_declined") ok(order?.status === "declined" || order?.status === "cancelled");
    const payment = await theatre.payments.find(request.id);
    equal(payment.state === "captured", order?.status === "confirmed", `${name} is charged if the order is confirmed`);
    if (payment.state === "captured") equal(payment.refundedMinor, order?.refundedMinor);
    const isCancelled = cancelled.has(theatre.showings[showing]?.showing.id ?? "");
    for (const ticket of order?.tickets ?? []) {
      if (ticket.status !== "active") continue;
      ok(!isCancelled, "nobody has a ticket of a cancelled showing");
      const seat = `${ticket.showingId} ${ticket.place}`;
      ok(!told.has(seat), `${seat} belongs to ${told.get(seat)} and ${name}`);
      told.set(seat, name);
    }
  }
  equal(new Set(admitted).size, admitted.length, "nobody got in twice");
}

for (const round of [1, 2, 3]) {
  it(`a day ends with everything settled and whole (${round})`, async (t) => {
    const seed = testSeed();
    t.diagnostic(`TEST_SEED=${seed}`);
    const start = Date.UTC(2030, 0, 7, 8);
    const showings = [0, 1, 2].map((day) =>
      makeShowing("small-cinema", start, { strandRule: day !== 1, id: `0000100z${day}abcdefgh` }),
    );
    const folder = await mkdtemp(join(tmpdir(), "marquee-day-"));
    const theatre = await openTheatre({ folder, showings, start });
    const day: Day = {
      theatre,
      random: seededRandom(seed),
      buyers: [],
      cancelled: new Set(),
      admitted: [],
      steps: {},
    };
    try {
      for (let at = 0; at < stepsOfDay; at += 1) await step(day);
      await evening(day);
      t.diagnostic(JSON.stringify(day.steps));
      deepEqual(day.theatre.closed, []);
      deepEqual(day.theatre.conflicts, []);
      await compareWithBuyers(day);
      for (const { showing } of showings) {
        const { sections } = await day.theatre.sales.availability(showing);
        ok(sections.every(({ held, paying }) => held === 0 && paying === 0));
      }
      const { now } = day.theatre.time;
      const checks = await verifyFolder(folder, undefined, () => now);
      deepEqual(
        checks.flatMap(({ violations }) => violations),
        [],
      );
      equal(
        checks.reduce((sum, { underWay }) => sum + underWay, 0),
        0,
      );
    } finally {
      await day.theatre.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}
