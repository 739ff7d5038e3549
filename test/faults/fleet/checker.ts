// Judges a sale from outside: by what clients noted, what everybody can see afterwards, and the payment provider's books. Knows
// nothing of how Marquee works and uses none of its code.

import type { Note } from "./diary.ts";

/** An order as its seller sees it when all is quiet. */
export interface SeenOrder {
  status: string;
  totalMinor: number;
  refundedMinor: number;
  tickets: readonly { seat: string; status: string }[];
}

/** A payment in the provider's books. */
export interface BookedPayment {
  state: string;
  amountMinor?: number;
  refundedMinor?: number;
}

export interface Seen {
  /** By id; orders that are nowhere are left out. */
  orders: ReadonlyMap<string, SeenOrder>;
  payments: ReadonlyMap<string, BookedPayment>;
  /** Places sold or in payment, by showing, as the seat map shows them. */
  taken: ReadonlyMap<string, number>;
}

/** What one client knows of an order. */
interface Story {
  orderId: string;
  showingId: string;
  seats: readonly string[];
  confirmed?: { at: number; seats: readonly string[]; totalMinor: number };
  refused?: { status: number; outcome: string };
  /** From when on the buyer no longer counts on a seat. */
  returned: Map<string, number>;
  refunded: { seats: readonly string[]; amountMinor: number; refundId: string; told: boolean }[];
  admitted: Map<string, number>;
}

/** Answers what is wrong, a sentence each. */
export function judge(notes: readonly Note[], seen: Seen): readonly string[] {
  const stories = tell(notes);
  const wrong = [...promisedTwice(stories)];
  for (const story of stories) {
    const order = seen.orders.get(story.orderId);
    const payment = seen.payments.get(story.orderId) ?? { state: "absent" };
    for (const sentence of [...keepsItsWord(story, order), ...chargesRightly(story, order, payment)])
      wrong.push(`order ${story.orderId} ${sentence}`);
    for (const [seat, times] of story.admitted)
      if (times > 1) wrong.push(`seat ${seat} of order ${story.orderId} was let in ${times} times`);
  }
  for (const [showingId, taken] of seen.taken) {
    const active = stories
      .filter((story) => story.showingId === showingId)
      .flatMap(({ orderId }) => seen.orders.get(orderId)?.tickets.filter(({ status }) => status === "active") ?? []);
    if (active.length !== taken)
      wrong.push(`showing ${showingId} shows ${taken} places taken; its orders have ${active.length} tickets`);
  }
  return wrong;
}

function tell(notes: readonly Note[]): readonly Story[] {
  const stories = new Map<string, Story>();
  for (const note of notes) {
    if (note.what === "asks-order") {
      const { orderId, showingId, seats } = note;
      stories.set(orderId, { orderId, showingId, seats, returned: new Map(), refunded: [], admitted: new Map() });
      continue;
    }
    const story = stories.get(note.orderId);
    if (!story) throw new Error(`${note.what} of an order that nobody asked for`);
    if (note.what === "told-order") {
      const { at, seats, totalMinor, status, outcome } = note;
      if (status === 201 && outcome === "confirmed") story.confirmed ??= { at, seats, totalMinor };
      else if (status >= 400) story.refused = { status, outcome };
    } else if (note.what === "asks-refund") {
      const { seats, amountMinor, refundId, at } = note;
      story.refunded.push({ seats, amountMinor, refundId, told: false });
      for (const seat of seats) story.returned.set(seat, Math.min(at, story.returned.get(seat) ?? at));
    } else if (note.what === "told-refund") {
      const refund = story.refunded.find(({ refundId }) => refundId === note.refundId);
      if (refund && note.status === 200) refund.told = true;
    } else if (note.outcome === "admitted") {
      story.admitted.set(note.seat, (story.admitted.get(note.seat) ?? 0) + 1);
    }
  }
  return [...stories.values()];
}

/** A seat is a buyer's from the confirmation on, until its return is asked for. */
function* promisedTwice(stories: readonly Story[]): Iterable<string> {
  const promises = new Map<string, { orderId: string; from: number; until: number }[]>();
  for (const { orderId, showingId, confirmed, returned } of stories) {
    for (const seat of confirmed?.seats ?? []) {
      const name = `${seat} of showing ${showingId}`;
      const promise = { orderId, from: confirmed?.at ?? 0, until: returned.get(seat) ?? Infinity };
      promises.set(name, [...(promises.get(name) ?? []), promise]);
    }
  }
  for (const [name, all] of promises) {
    const inTurn = all.toSorted((a, b) => a.from - b.from);
    for (const [index, { orderId, until }] of inTurn.entries()) {
      const next = inTurn[index + 1];
      if (next && next.from < until) yield `seat ${name} was promised to ${orderId} and to ${next.orderId}`;
    }
  }
}

function* keepsItsWord({ confirmed, refused, refunded, seats }: Story, order: SeenOrder | undefined): Iterable<string> {
  if (confirmed) {
    if (!order) yield "was confirmed and is nowhere";
    else if (order.status !== "confirmed") yield `was confirmed and is ${order.status}`;
    if (order?.status !== "confirmed") return;
    const ask = (wanted: (refund: Story["refunded"][number]) => boolean) =>
      new Set(refunded.filter(wanted).flatMap((refund) => refund.seats));
    const back = ask(({ told }) => told);
    const perhapsBack = ask(() => true);
    for (const seat of confirmed.seats) {
      const ticket = order.tickets.find((each) => each.seat === seat);
      if (!ticket) yield `was told of seat ${seat} and has no ticket for it`;
      else if (ticket.status !== "active" && !perhapsBack.has(seat)) yield `lost its seat ${seat}`;
      else if (ticket.status === "active" && back.has(seat)) yield `has seat ${seat} still, which was given back`;
    }
    if (order.tickets.length !== confirmed.seats.length) yield `has ${order.tickets.length} tickets: ${seats.join()}`;
  } else if (refused) {
    if (order && order.status !== "declined" && order.status !== "cancelled" && order.status !== "conflict")
      yield `was refused (${refused.status} ${refused.outcome}) and is ${order.status}`;
  } else if (order?.status === "paying") yield "is still in payment";
}

function* chargesRightly(
  { confirmed, refused, refunded }: Story,
  order: SeenOrder | undefined,
  payment: BookedPayment,
): Iterable<string> {
  const { state, amountMinor = 0, refundedMinor = 0 } = payment;
  const bill = `${state} ${amountMinor}, ${refundedMinor} given back`;
  if (order?.status === "confirmed") {
    const total = confirmed?.totalMinor ?? order.totalMinor;
    if (state !== "captured" || amountMinor !== total) yield `is confirmed for ${total} and its payment is ${bill}`;
    const sum = (told: boolean) =>
      refunded.filter((refund) => refund.told || !told).reduce((all, refund) => all + refund.amountMinor, 0);
    if (refundedMinor < sum(true) || refundedMinor > sum(false))
      yield `gave back seats for ${sum(true)} and its payment is ${bill}`;
    return;
  }
  if (confirmed) return;
  const moved = state === "authorised" || state === "pending" || (state === "captured" && refundedMinor < amountMinor);
  if (moved) yield `${refused ? `was refused (${refused.outcome})` : "came to nothing"} and its payment is ${bill}`;
}
