// The second, dumber model of one showing's places: plain lists, obvious code, no cleverness. Where it and the inventory
// differ, one of them is wrong.

export interface DumbHold {
  id: string;
  holder: string;
  places: number[];
  until: number;
  orderId?: string;
}

export interface DumbOrder {
  id: string;
  fingerprint: string;
  holdId: string;
  holder: string;
  places: number[];
  generations: number[];
  status: "paying" | "confirmed" | "declined" | "cancelled";
  moves: { id: string; from: number[]; to: number[] }[];
  refunds: { id: string; places: number[]; amountMinor: number; status: "begun" | "done" }[];
}

export const priceMinor = 1_000;
export const limit = 5;
/** Places 0–7 are a row with an aisle before 5, 8–11 a standing floor. */
export const row = { first: 0, last: 7 };
export const floor = { first: 8, last: 11 };
export const capacity = 12;
export const runs = [
  { start: 0, length: 5, centre2: 4, penalty: 0 },
  { start: 5, length: 3, centre2: 0, penalty: 1 },
];

type Refused = { refusal: string; [fact: string]: unknown };

export class DumbHouse {
  states: string[] = Array.from({ length: capacity }, () => "f");
  sold: number[] = Array.from({ length: capacity }, () => 0);
  admitted = new Map<number, { at: number; gate: string }>();
  holds: DumbHold[] = [];
  /** Ids of holds that ran out, or whose payment came to nothing. */
  expired = new Set<string>();
  orders: DumbOrder[] = [];
  closed = false;

  private put(places: readonly number[], state: string): void {
    for (const place of places) this.states[place] = state;
  }

  private isFree(place: number): boolean {
    return this.states[place] === "f";
  }

  pass(now: number): void {
    for (const hold of this.holds.filter(({ orderId, until }) => orderId === undefined && until <= now)) {
      this.drop(hold);
      this.put(hold.places, "f");
      this.expired.add(hold.id);
    }
  }

  private drop(hold: DumbHold | undefined): void {
    this.holds = this.holds.filter((other) => other !== hold);
  }

  holdOf(id: string): DumbHold | undefined {
    return this.holds.find((hold) => hold.id === id);
  }

  orderOf(id: string): DumbOrder | undefined {
    return this.orders.find((order) => order.id === id);
  }

  /** Places that are left alone by taking `chosen`, where taking others could have left none alone. */
  stranded(chosen: readonly number[], run: { start: number; length: number }): number[] {
    const alone: number[] = [];
    let stretch: number[] = [];
    for (let place = run.start; place <= run.start + run.length; place += 1) {
      if (place < run.start + run.length && this.isFree(place)) {
        stretch.push(place);
        continue;
      }
      const left = stretch.filter((free) => !chosen.includes(free));
      if (left.length < stretch.length && left.length > 1)
        alone.push(...left.filter((free) => !left.includes(free - 1) && !left.includes(free + 1)));
      stretch = [];
    }
    return alone;
  }

  /** The cheapest free window, of those that strand nothing if there is one. */
  bestWindow(quantity: number, strandRule: boolean): number[] | undefined {
    const windows: { places: number[]; cost: number; tidy: boolean }[] = [];
    for (const run of runs)
      for (let first = 0; first + quantity <= run.length; first += 1) {
        const places = Array.from({ length: quantity }, (_, index) => run.start + first + index);
        if (!places.every((place) => this.isFree(place))) continue;
        const cost = run.penalty + Math.abs(2 * first + quantity - 1 - run.centre2);
        windows.push({ places, cost, tidy: !strandRule || this.stranded(places, run).length === 0 });
      }
    const candidates = windows.some(({ tidy }) => tidy) ? windows.filter(({ tidy }) => tidy) : windows;
    return candidates.toSorted((a, b) => a.cost - b.cost || (a.places[0] ?? 0) - (b.places[0] ?? 0))[0]?.places;
  }

  hold(
    wish: { named: number[]; strand: boolean } | { best: number; strand: boolean } | { standing: number },
    hold: { id: string; holder: string; until: number },
  ): DumbHold | Refused {
    if (this.closed) return { refusal: "showing_cancelled" };
    const again = this.holdOf(hold.id);
    if (again) return again;
    if ("named" in wish) {
      const same = this.holds.find(
        (other) =>
          other.holder === hold.holder &&
          other.orderId === undefined &&
          other.places.toSorted((a, b) => a - b).join() === wish.named.toSorted((a, b) => a - b).join(),
      );
      if (same) return same;
    }
    const quantity = "named" in wish ? wish.named.length : "best" in wish ? wish.best : wish.standing;
    const mine = this.holds.filter(({ holder }) => holder === hold.holder);
    const held = mine.reduce((sum, { places }) => sum + places.length, 0);
    if (held + quantity > limit) return { refusal: "limit_exceeded", limit, held };
    let places: number[] | undefined;
    if ("named" in wish) {
      const taken = wish.named.filter((place) => !this.isFree(place));
      if (taken.length > 0) return { refusal: "seats_taken", places: taken };
      const alone = wish.strand ? runs.flatMap((run) => this.stranded(wish.named, run)) : [];
      if (alone.length > 0) return { refusal: "strands_seat", places: alone };
      places = wish.named;
    } else if ("best" in wish) places = this.bestWindow(wish.best, wish.strand);
    else {
      const free = [8, 9, 10, 11].filter((place) => this.isFree(place));
      places = free.length < wish.standing ? undefined : free.slice(0, wish.standing);
    }
    if (!places) return { refusal: "sold_out" };
    this.put(places, "h");
    const made = { ...hold, places };
    this.holds.push(made);
    return made;
  }

  release(id: string): boolean {
    const hold = this.holdOf(id);
    if (!hold || hold.orderId !== undefined) return false;
    this.drop(hold);
    this.put(hold.places, "f");
    return true;
  }

  begin(holdId: string, id: string, fingerprint: string): { order: DumbOrder; begun: boolean } | Refused {
    const known = this.orderOf(id);
    if (known)
      return known.fingerprint === fingerprint ? { order: known, begun: false } : { refusal: "order_id_reused" };
    if (this.closed) return { refusal: "showing_cancelled" };
    const hold = this.holdOf(holdId);
    if (!hold) return { refusal: this.expired.has(holdId) ? "hold_expired" : "hold_unknown" };
    if (hold.orderId !== undefined) return { refusal: "hold_in_payment" };
    hold.orderId = id;
    this.put(hold.places, "p");
    const generations = hold.places.map((place) => (this.sold[place] ?? 0) + 1);
    const { holder, places } = hold;
    const order: DumbOrder = {
      id,
      fingerprint,
      holdId,
      holder,
      places,
      generations,
      status: "paying",
      moves: [],
      refunds: [],
    };
    this.orders.push(order);
    return { order, begun: true };
  }

  confirm(id: string): DumbOrder | Refused {
    const order = this.orderOf(id);
    if (!order) return { refusal: "not_found" };
    if (order.status === "confirmed") return order;
    if (order.status !== "paying") return { refusal: "seats_lost" };
    order.status = "confirmed";
    this.drop(this.holdOf(order.holdId));
    this.put(order.places, "s");
    for (const place of order.places) this.sold[place] = (this.sold[place] ?? 0) + 1;
    return order;
  }

  decline(id: string, until: number, now: number): DumbOrder | Refused {
    const order = this.orderOf(id);
    if (!order) return { refusal: "not_found" };
    if (order.status !== "paying") return order;
    order.status = "declined";
    this.drop(this.holdOf(order.holdId));
    if (this.closed || until <= now) {
      this.put(order.places, "f");
      this.expired.add(order.holdId);
    } else {
      this.put(order.places, "h");
      this.holds.push({ id: order.holdId, holder: order.holder, places: order.places, until });
    }
    return order;
  }

  cancel(id: string): DumbOrder | Refused {
    const order = this.orderOf(id);
    if (!order) return { refusal: "not_found" };
    if (order.status !== "paying") return order;
    order.status = "cancelled";
    this.drop(this.holdOf(order.holdId));
    this.expired.add(order.holdId);
    this.put(order.places, "f");
    return order;
  }

  refund(id: string, refundId: string, asked: number[] | undefined): DumbOrder | Refused {
    const order = this.orderOf(id);
    if (!order) return { refusal: "not_found" };
    if (order.refunds.some((refund) => refund.id === refundId)) return order;
    if (order.status !== "confirmed") return { refusal: "order_not_refundable" };
    if (order.refunds.some(({ status }) => status === "begun")) return { refusal: "refund_pending" };
    const gone = order.refunds.flatMap((refund) => refund.places);
    const active = order.places.filter((place) => !gone.includes(place));
    const places = asked ?? active;
    if (places.length === 0 || !places.every((place) => active.includes(place)))
      return { refusal: "order_not_refundable" };
    order.refunds.push({ id: refundId, places, amountMinor: places.length * priceMinor, status: "begun" });
    return order;
  }

  finish(id: string, refundId: string): DumbOrder | Refused {
    const order = this.orderOf(id);
    const refund = order?.refunds.find((candidate) => candidate.id === refundId);
    if (!order || !refund) return { refusal: "not_found" };
    if (refund.status === "done") return order;
    refund.status = "done";
    this.put(refund.places, "f");
    for (const place of refund.places) this.admitted.delete(place);
    return order;
  }

  move(id: string, moveId: string, pairs: readonly { from: number; to: number }[]): DumbOrder | Refused {
    const order = this.orderOf(id);
    if (!order) return { refusal: "not_found" };
    const [from, to] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.to)];
    const same = order.moves.find((move) => move.id === moveId);
    if (same)
      return same.from.join() === from.join() && same.to.join() === to.join() ? order : { refusal: "move_id_reused" };
    const back = order.refunds.flatMap((refund) => refund.places);
    const gone = from.filter(
      (place, at) =>
        order.status !== "confirmed" ||
        !order.places.includes(place) ||
        back.includes(place) ||
        from.slice(0, at).includes(place),
    );
    if (gone.length > 0 || pairs.length === 0) return { refusal: "ticket_void", places: gone };
    const used = from.filter((place) => this.admitted.has(place));
    if (used.length > 0) return { refusal: "ticket_used", places: used };
    if (this.closed) return { refusal: "showing_cancelled" };
    const taken = to.filter((place, at) => {
      const stays = order.places.includes(place) && (!from.includes(place) || from[at] === place);
      return stays || to.slice(0, at).includes(place) || !(this.isFree(place) || from.includes(place));
    });
    if (taken.length > 0) return { refusal: "seats_taken", places: [...new Set(taken)] };
    this.put(from, "f");
    this.put(to, "s");
    for (const place of to) this.sold[place] = (this.sold[place] ?? 0) + 1;
    const after = order.places.map((place) => to[from.indexOf(place)] ?? place);
    order.generations = order.generations.map((last, at) =>
      after[at] === order.places[at] ? last : (this.sold[after[at] ?? -1] ?? 0),
    );
    order.places = after;
    order.moves.push({ id: moveId, from, to });
    return order;
  }

  block(places: readonly number[]): Refused | undefined {
    const open = places.filter((place) => this.states[place] !== "b");
    const taken = open.filter((place) => !this.isFree(place));
    if (taken.length > 0) return { refusal: "seats_taken", places: taken };
    this.put(open, "b");
    return undefined;
  }

  unblock(places: readonly number[]): void {
    this.put(
      places.filter((place) => this.states[place] === "b"),
      "f",
    );
  }

  close(): void {
    this.closed = true;
    for (const hold of this.holds.filter(({ orderId }) => orderId === undefined)) {
      this.drop(hold);
      this.put(hold.places, "f");
    }
  }

  scan(place: number, generation: number, gate: string, now: number): object {
    const voided = this.orders.some(({ refunds }) =>
      refunds.some(({ status, places }) => status === "begun" && places.includes(place)),
    );
    if (this.states[place] !== "s" || voided || this.sold[place] !== generation) return { refusal: "ticket_void" };
    const used = this.admitted.get(place);
    if (used) return { refusal: "ticket_used", ...used };
    this.admitted.set(place, { at: now, gate });
    return { admitted: true, at: now };
  }

  /** Holds end with the process; what is being paid for does not. */
  restart(): void {
    for (const hold of this.holds.filter(({ orderId }) => orderId === undefined)) {
      this.drop(hold);
      this.put(hold.places, "f");
    }
    this.expired.clear();
  }
}
