// What the store's contract is told with: a store of one back end, and a sales log written by hand.

import { chainHash } from "../../src/inventory/chain.ts";
import type { Intent, LogBody, LogEntry, ShowingRef } from "../../src/inventory/port.ts";
import { appliedMarks } from "../../src/store/marks.ts";
import type { Store } from "../../src/store/open.ts";
import type { ShowingRow, ShowRow } from "../../src/store/schema.ts";
import { createApplySales } from "../../src/workers/apply-sales.ts";

/** A new, migrated, empty database; `open` opens it, as often as one likes. */
export type OpenStores = () => Promise<{ open(): Store; dispose(): Promise<void> }>;

export const now = Date.UTC(2030, 0, 7, 12);
const showingId = "000010cp9abcdefgh";
export const showing: ShowingRef = {
  showingId,
  startsAt: now + 7 * 86_400_000,
  placeCount: 30,
  sections: [
    { start: 0, count: 20 },
    { start: 20, count: 10 },
  ],
};

/** Rows without what makes them rows: those of SQLite have no prototype. */
export function plain<Value>(rows: Value): Value {
  return JSON.parse(JSON.stringify(rows)) as Value;
}

/** Runs a test over a store, and another connection to it, as a second process would have. */
export async function withStore(
  stores: OpenStores,
  test: (store: Store, other: Store) => Promise<void>,
): Promise<void> {
  const back = await stores();
  const [store, other] = [back.open(), back.open()];
  try {
    await test(store, other);
  } finally {
    await Promise.all([store.close(), other.close()]);
    await back.dispose();
  }
}

/** A seller with what showings refer to. */
export async function addSeller({ db }: Store, id = "seller", venueNumber = 1): Promise<void> {
  const seller = { id, name: id, currency: "USD", fee_minor: 100, tax_basis_points: 800, strand_rule: 1 };
  await db
    .insertInto("sellers")
    .values({ ...seller, cancel_hours: null, created_at: now })
    .execute();
  const venue = {
    id: `${id}-venue`,
    number: venueNumber,
    seller_id: id,
    name: "Roxy",
    address: "1 Main",
    city: "Denver",
  };
  await db
    .insertInto("venues")
    .values({
      ...venue,
      region: "CO",
      country: "US",
      latitude: 39.7,
      longitude: -105,
      time_zone: "America/Denver",
      created_at: now,
    })
    .execute();
  await db
    .insertInto("seat_maps")
    .values({ id: "map", place_count: 30, document: "{}" })
    .onConflict((c) => c.column("id").doNothing())
    .execute();
  const room = {
    id: `${id}-room`,
    venue_id: `${id}-venue`,
    name: "Room 1",
    seat_map_id: "map",
    turnaround_minutes: 15,
  };
  await db
    .insertInto("auditoriums")
    .values({ ...room, created_at: now })
    .execute();
}

export const show: ShowRow = {
  id: "show",
  seller_id: "seller",
  kind: "film",
  title: "Metropolis",
  synopsis: "",
  genres: "[]",
  cast_names: "[]",
  directors: "[]",
  running_minutes: 153,
  rating: "PG",
  language: "en",
  year: 1927,
  trailer_url: "",
  poster: "",
  stills: "[]",
  popularity: 1,
  status: "published",
  created_at: now,
  updated_at: now,
};

export function showingRow(change: Partial<ShowingRow> = {}): ShowingRow {
  return {
    id: showingId,
    seller_id: "seller",
    show_id: "show",
    auditorium_id: "seller-room",
    seat_map_id: "map",
    starts_at: showing.startsAt,
    ends_at: showing.startsAt + 7_200_000,
    price_list_id: "prices",
    strand_rule: 1,
    formats: "[]",
    status: "published",
    ...change,
  };
}

const prices = {
  id: "prices",
  currency: "USD",
  feeMinor: 100,
  taxBasisPoints: 0,
  tiers: [{ id: "adult", name: "Adult", sections: { A: 900 } }],
};

/** A sales log of one partition, written by hand. */
export class WrittenLog {
  readonly entries: LogEntry[] = [];
  readonly partition: number;

  constructor(partition = 3) {
    this.partition = partition;
  }

  add(...bodies: readonly LogBody[]): this {
    for (const body of bodies) {
      const last = this.entries.at(-1);
      const hash = chainHash(last?.hash ?? "", JSON.stringify(body));
      this.entries.push({ partition: this.partition, sequence: this.entries.length + 1, epoch: 1, body, hash });
    }
    return this;
  }

  order(orderId: string, places: readonly number[], change: Partial<Intent["draft"]> = {}): Intent {
    const line = { section: "A", tier: "adult", faceMinor: 900, feeMinor: 100, taxMinor: 0, totalMinor: 1_000 };
    return {
      orderId,
      partition: this.partition,
      holdId: `${showingId}-of-${orderId}`,
      holder: "g:guest",
      network: "192.0.2",
      fingerprint: `print of ${orderId}`,
      places,
      generations: places.map(() => 1),
      draft: {
        orderId,
        showingId,
        sellerId: "seller",
        showId: "show",
        venueId: "seller-venue",
        startsAt: showing.startsAt,
        accountId: "account",
        buyer: { email: "ada@example.org", name: 'Ada "the \\ first", {née Ö}', language: "es" },
        currency: "USD",
        lines: places.map((place) => ({ ...line, seat: `A-${place + 1}` })),
        totalMinor: places.length * 1_000,
        provider: "sandbox",
        placedAt: now,
        ...change,
      },
      terms: { prices, tiers: places.map(() => "adult") },
    };
  }

  intend(order: Intent): this {
    return this.add({ kind: "intent", at: now, showing, order });
  }

  sell(orderId: string, at = now + 1_000): this {
    return this.add({ kind: "sale", at, orderId, paymentId: `payment of ${orderId}` });
  }

  /** An order that begins and is sold. */
  sold(orderId: string, places: readonly number[], change: Partial<Intent["draft"]> = {}): this {
    return this.intend(this.order(orderId, places, change)).sell(orderId);
  }

  heads(): number[] {
    return Array.from({ length: this.partition + 1 }, (_, at) => (at === this.partition ? this.entries.length : 0));
  }

  /** A worker of its own over a store; `conflicts` collects whom it found without a seat. */
  async worker(store: Store, conflicts: string[] = [], reached: (step: string) => void = () => undefined) {
    const worker = createApplySales(
      {
        store,
        log: {
          read: async (partition, after, limit) =>
            partition === this.partition ? this.entries.slice(after, after + limit) : [],
        },
        clock: () => now,
        secretOf: ({ orderId }) => `secret of ${orderId}`,
        onConflict: ({ orderId }) => void conflicts.push(orderId),
        reached,
      },
      await appliedMarks(store),
    );
    return { once: () => worker.once(this.heads()) };
  }

  async applyTo(store: Store): Promise<void> {
    await (await this.worker(store)).once();
  }
}
