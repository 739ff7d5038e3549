// A whole sale without HTTP: the real inventory, sandbox and store over files in a temporary folder, one cinema showing.

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompiledSeatMap, Showing } from "../../src/catalogue/model.ts";
import { newShowingId } from "../../src/domain/ids.ts";
import { compileSeatMap, type SeatMap } from "../../src/domain/seat-map.ts";
import { seatMapTemplate } from "../../src/domain/templates.ts";
import { openMemoryInventory } from "../../src/inventory/memory/create.ts";
import { openLogReader } from "../../src/inventory/memory/journal.ts";
import { openSandbox } from "../../src/payments/sandbox/sandbox.ts";
import { createSales } from "../../src/sales/create.ts";
import type { SalesDeps } from "../../src/sales/deps.ts";
import { createOrderSecrets, createTicketSigner, newTicketKey } from "../../src/sales/ticket-token.ts";
import { appliedMarks } from "../../src/store/marks.ts";
import { createAudit } from "../../src/store/audit.ts";
import { createJobs } from "../../src/store/jobs.ts";
import { migrate, openStore } from "../../src/store/open.ts";
import { createOrderStore } from "../../src/store/orders.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createSellerTable } from "../../src/store/sellers.ts";
import { showingNames } from "../../src/store/showing-facts.ts";
import { checkSameHistory, createApplySales } from "../../src/workers/apply-sales.ts";

export const sellerId = "seller-of-tests";
export const guest = { holder: "g:guest", addressPrefix: "192.0.2" };

/** A showing of a template, a week ahead unless said otherwise. */
export function makeShowing(
  kind: Parameters<typeof seatMapTemplate>[0],
  now: number,
  change: Partial<Showing> = {},
): { showing: Showing; seatMap: CompiledSeatMap } {
  const map: SeatMap = seatMapTemplate(kind);
  const layout = compileSeatMap(map);
  const startsAt = now + 7 * 86_400_000;
  const sections = Object.fromEntries(layout.sections.map((section) => [section.id, 1_000]));
  const half = Object.fromEntries(layout.sections.map((section) => [section.id, 500]));
  const prices = {
    id: "prices",
    currency: "USD",
    feeMinor: 150,
    taxBasisPoints: 800,
    tiers: [
      { id: "adult", name: "Adult", sections },
      { id: "child", name: "Child", sections: half },
    ],
  };
  const showing: Showing = {
    id: newShowingId(1, new Date(startsAt).toISOString().slice(0, 10), (length) => randomBytes(length)),
    sellerId,
    showId: "show",
    venueId: "venue",
    auditorium: { id: "room", name: "Room 1" },
    seatMapId: kind,
    placeCount: layout.placeCount,
    sections: layout.sections.map(({ start, count }) => ({ start, count })),
    date: new Date(startsAt).toISOString().slice(0, 10),
    startsAt,
    endsAt: startsAt + 7_200_000,
    prices,
    priceMinMinor: 702,
    priceMaxMinor: 1_242,
    strandRule: true,
    formats: [],
    status: "published",
    ...change,
  };
  return { showing, seatMap: { id: kind, map, layout } };
}

export interface Theatre extends Awaited<ReturnType<typeof openTheatre>> {}

/** Opens everything over a folder (a fresh one if none is given); `now` is a clock that tests move. */
export async function openTheatre(
  options: { folder?: string; showings?: ReturnType<typeof makeShowing>[]; start?: number; failpoint?: string } = {},
) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "marquee-sales-")));
  const time = { now: options.start ?? Date.UTC(2030, 0, 7, 12) };
  const clock = () => time.now;
  const showings = options.showings ?? [makeShowing("small-cinema", time.now)];
  const fatal = (error: Error) => {
    throw error;
  };
  const closed: string[] = [];
  const store = openStore({ kind: "sqlite", file: join(folder, "store.db") });
  await migrate(store);
  const { failpoint } = options;
  const failing = failpoint === undefined ? {} : { failpoint };
  /** Where the process is to die, it dies at once. */
  const reached = (step: string) => {
    if (step === failpoint) process.kill(process.pid, "SIGKILL");
  };
  const salesFile = join(folder, "sales.db");
  const inventory = await openMemoryInventory({
    file: salesFile,
    partitions: 4,
    now: time.now,
    onFatal: fatal,
    onClosed: (_, reason) => void closed.push(reason),
    ...failing,
  });
  const random = (length: number) => randomBytes(length);
  const payments = await openSandbox({
    file: join(folder, "payments.db"),
    timeoutMs: 1_000,
    settleMs: 3_000,
    clock,
    wait: async (ms) => {
      time.now += ms;
      await Promise.resolve();
    },
    onFatal: fatal,
    ...failing,
  });
  const secrets = createOrderSecrets(new Uint8Array(32).fill(7));
  const deps: SalesDeps = {
    inventory,
    payments,
    catalogue: {
      showing: async (id) => showings.find(({ showing }) => showing.id === id)?.showing,
      seatMap: async (id) => {
        const found = showings.find(({ seatMap }) => seatMap.id === id);
        if (!found) throw new Error(`no seat map ${id}`);
        return found.seatMap;
      },
      show: () => undefined,
      venue: () => undefined,
    },
    orders: createOrderStore(store.db),
    sellers: createSellerTable(store.db),
    jobs: createJobs(store.db),
    audit: createAudit(store.db, clock, random),
    mails: { ...createOutbox(store.db), names: (showId, venueId) => showingNames(store, showId, venueId) },
    signer: createTicketSigner([newTicketKey("test")]),
    secrets,
    clock,
    random,
    settings: { publicUrl: "http://localhost", holdMs: 480_000, maxSeats: 10, maxSeatsPerNetwork: 0 },
    reached,
    wait: async (ms) => void (time.now += ms),
    warn: (error) => {
      throw error;
    },
  };
  const sales = createSales(deps);
  const reader = openLogReader(salesFile);
  const conflicts: string[] = [];
  const marks = await appliedMarks(store);
  await checkSameHistory({ heads: reader.heads, read: inventory.log.read }, marks).catch(async (error: unknown) => {
    reader.close();
    await Promise.all([inventory.close(), payments.close(), store.close()]);
    throw error;
  });
  const applier = createApplySales(
    {
      store,
      log: inventory.log,
      clock,
      secretOf: secrets.of,
      onConflict: ({ orderId }) => void conflicts.push(orderId),
      reached,
    },
    marks,
  );
  /** Lets the slow path catch up. */
  const apply = async () => {
    for (;;) {
      const marks = await applier.once(await inventory.log.heads());
      if (marks.length === 0) return;
      for (const { partition, sequence } of marks) await inventory.log.acknowledge(partition, sequence);
    }
  };
  const stop = async () => {
    reader.close();
    await inventory.close();
    await payments.close();
    await store.close();
  };
  const close = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  const [first] = showings;
  if (!first) throw new Error("a theatre needs a showing");
  return {
    folder,
    time,
    showings,
    showing: first.showing,
    seatMap: first.seatMap,
    inventory,
    payments,
    store,
    sales,
    deps,
    secrets,
    reader,
    closed,
    conflicts,
    apply,
    stop,
    close,
  };
}

let orders = 0;
/** An order request for a hold. */
export function orderFor(holdId: string, token = "tok_approve", id = `order-of-tests-${(orders += 1)}`) {
  return { id, holdId, buyer: { email: "ada@example.org", name: "Ada" }, payment: { provider: "sandbox", token } };
}
