// `kill -9` at every step of a purchase, before and after its effect: nobody told "confirmed" is without a ticket, nobody
// without a ticket is charged, and the same request gives the same order.

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { verifyFolder } from "../../src/installation.ts";
import { guest, openTheatre, orderFor, sellerId } from "../sales/fixture.ts";
import { orderId, theMove, theShowings } from "./theatre-setting.ts";

/** Where the process dies, by the token that leads there. */
const strikes: Readonly<Record<string, readonly string[]>> = {
  tok_approve: [
    "before:hold",
    "after:hold",
    "before:begin",
    "before:log:intent",
    "after:log:intent",
    "after:begin",
    "before:payment:authorised",
    "after:payment:authorised",
    "after:authorise",
    "before:log:sale",
    "after:log:sale",
    "after:confirm",
    "before:payment:captured",
    "after:payment:captured",
    "after:capture",
    "before:apply",
    "after:apply",
    "before:scan",
    "before:log:admitted",
    "after:log:admitted",
    "after:scan",
    "before:move",
    "before:log:moved",
    "after:log:moved",
    "after:move",
    "before:refund",
    "before:log:refund-begun",
    "after:log:refund-begun",
    "after:refund-begun",
    "after:refund-paid",
    "before:log:refund-done",
    "after:log:refund-done",
  ],
  tok_slow: ["before:payment:authorised", "after:payment:authorised"],
  tok_decline: ["before:payment:declined", "after:payment:declined", "before:log:declined", "after:log:declined"],
  tok_timeout_then_approved: ["before:payment:pending", "after:payment:pending"],
  tok_timeout_then_declined: ["before:payment:pending", "after:payment:pending"],
  tok_requires_action: ["before:payment:requires_action", "after:payment:requires_action"],
};

const child = fileURLToPath(new URL("theatre-child.ts", import.meta.url));
const start = Date.UTC(2030, 0, 7, 12);

interface Told {
  holdId?: string;
  status?: string;
  tickets?: string[];
  refused?: string;
  admitted?: boolean;
  moved?: boolean;
  refunded?: boolean;
}

/** Buys in a child process until it dies; answers what the client was told. */
async function buyUntilKilled(folder: string, token: string, failpoint: string): Promise<Told> {
  const process_ = spawn(process.execPath, [child, folder, String(start), token, failpoint], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  process_.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [code, signal] = (await once(process_, "close")) as [number | null, string | null];
  deepEqual([code, signal], [null, "SIGKILL"], "the failpoint was reached");
  const lines = text.split("\n").slice(0, -1);
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as Told)) as Told;
}

/** Starts again; lets the client ask again if it does; settles everything and fails unless all is whole. */
async function startAgain(folder: string, told: Told, token: string, comesBack: boolean): Promise<void> {
  const theatre = await openTheatre({ folder, start: start + 20_000, showings: theShowings(start) });
  const { sales, time } = theatre;
  deepEqual(theatre.closed, []);
  if (comesBack && told.holdId !== undefined) {
    const answer = await sales.checkOut(orderFor(told.holdId, token, orderId), guest).catch((error: unknown) => error);
    const { status, code, tickets } = answer as { status?: string; code?: string; tickets?: { id: string }[] };
    const ids = tickets?.map(({ id }) => id);
    // Of a move that nobody was told of only the other ticket is certain.
    if (told.admitted === true && told.moved !== true) equal(ids?.[0], told.tickets?.[0]);
    else if (told.status === "confirmed") deepEqual(ids, told.tickets, "the same order");
    else if (told.refused !== undefined) equal(code, told.refused, "the same answer");
    else ok(status !== undefined || ["payment_declined", "hold_expired"].includes(code ?? ""), `answered ${code}`);
  }
  // What was asked for before is asked for again: it is made once.
  if (comesBack && told.admitted === true) {
    const moved = await sales.moveSeats({ orderId, sellerId, ...theMove, actor: "manager" });
    deepEqual(moved.tickets.map(({ seat }) => seat).toSorted(), ["C-7", "C-9"]);
  }
  // Long enough for every payment to be given up that can be.
  for (const ms of [40_000, 1_300_000]) {
    time.now += ms;
    await theatre.inventory.sweep(time.now);
    await sales.reconcileUnfinished();
    await sales.reconcileReserved(0);
  }
  await theatre.apply();
  const order = await theatre.inventory.orderById(orderId);
  const stored = await theatre.deps.orders.byId(orderId);
  const payment = await theatre.payments.find(orderId);
  if (told.status === "confirmed" || told.admitted === true) {
    deepEqual([order?.status, stored?.status, stored?.tickets.length], ["confirmed", "confirmed", 2]);
  }
  if (told.refused === "payment_declined") equal(order?.status, "declined");
  if (told.moved === true) deepEqual(stored?.tickets.map(({ seat }) => seat).toSorted(), ["C-7", "C-9"]);
  if (told.refunded === true) equal(stored?.refundStatus, "part");
  if (told.admitted === true) equal(stored?.tickets.filter((ticket) => ticket.admittedAt !== undefined).length, 1);
  equal(payment.state === "captured", order?.status === "confirmed", "charged if, and only if, it was sold");
  const { sections } = await sales.availability(theatre.showing);
  ok(
    sections.every(({ held, paying }) => held === 0 && paying === 0),
    "nothing is left lying",
  );
  await theatre.stop();
  const checks = await verifyFolder(folder, undefined, () => time.now);
  deepEqual(
    checks.flatMap(({ violations }) => violations),
    [],
  );
  equal(
    checks.reduce((sum, { underWay }) => sum + underWay, 0),
    0,
    "everything has come to its end",
  );
}

describe("a process that is killed in the middle of a purchase", { concurrency: 2 }, () => {
  for (const [token, failpoints] of Object.entries(strikes)) {
    for (const [index, failpoint] of failpoints.entries()) {
      // Every other client comes back; of the others nobody hears again.
      const comesBack = index % 2 === 0;
      const sequel = comesBack ? "when the client asks again" : "when nobody asks again";
      it(`at ${failpoint} with ${token}, ${sequel}`, async () => {
        const folder = await mkdtemp(join(tmpdir(), "marquee-kill-"));
        const told = await buyUntilKilled(folder, token, failpoint);
        await startAgain(folder, told, token, comesBack);
        await rm(folder, { recursive: true, force: true });
      });
    }
  }
});
