// Verification follows tickets that moved, and finds each kind of damage to them by the rule that it breaks.

import { deepEqual, equal, match } from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { verifyFolder } from "../../src/installation.ts";
import { rules, type Rule } from "../../src/sales/verify/findings.ts";
import { guest, openTheatre, orderFor, sellerId, type Theatre } from "./fixture.ts";

/** A pair that moves along by one and then far away, somebody who buys what it left, and a refund of what moved. */
async function moveSome({ sales, showing }: Theatre): Promise<string> {
  const buy = async (...seats: string[]) => {
    const hold = await sales.hold({ showingId: showing.id, seats }, { ...guest, holder: `g:${seats.join()}` });
    return sales.checkOut(orderFor(hold.id), guest);
  };
  const { id: orderId } = await buy("A-1", "A-2");
  const move = (moveId: string, ...moves: { from: string; to: string }[]) =>
    sales.moveSeats({ orderId, sellerId, moveId, moves, actor: "manager" });
  await move("along", { from: "A-1", to: "A-2" }, { from: "A-2", to: "A-3" });
  await move("away", { from: "A-2", to: "C-1" });
  await buy("A-1", "A-2");
  await sales.refund({ orderId, sellerId, refundId: "r1", seats: ["C-1"], reason: "ill", actor: "manager" });
  return orderId;
}

const violations = async (folder: string, now: number, rule?: Rule) =>
  (await verifyFolder(folder, undefined, () => now))
    .filter((check) => rule === undefined || check.rule === rules[rule])
    .flatMap((check) => check.violations);

const damage: readonly (readonly [what: string, file: string, sql: string, rule: Rule, sentence: RegExp])[] = [
  [
    "a ticket that did not move with the others",
    "store.db",
    "update tickets set place = 90 where order_id = :order and status = 'active'",
    "tickets",
    /the ticket of place 2 is missing/,
  ],
  [
    "a ticket that kept its generation",
    "store.db",
    "update tickets set generation = 9 where order_id = :order",
    "tickets",
    /the ticket of place/,
  ],
  ["a move that the store lacks", "store.db", "delete from moves where id = 'away'", "history", /has other moves/],
  [
    "a move to another place than was decided",
    "store.db",
    'update moves set document = replace(document, \'"seat":"C-1"\', \'"seat":"C-2"\')',
    "history",
    /has other moves/,
  ],
  [
    "a move to a place that is not free",
    "sales.db",
    'update log set body = replace(body, \'"from":[1],"to"\', \'"from":[2],"to"\')',
    "oneTicket",
    /moves place 2 .* which it may not/,
  ],
  [
    "a move of a ticket that is not the order's",
    "sales.db",
    'update log set body = replace(body, \'"from":[1],"to"\', \'"from":[50],"to"\')',
    "oneAnswer",
    /moves place 50, for which it has no ticket/,
  ],
  [
    "a move to a place that was sold already",
    "sales.db",
    "update log set body = replace(body, '\"to\":[1,2]', '\"to\":[1,1]')",
    "oneAnswer",
    /two tickets for one place/,
  ],
  [
    "a generation that did not grow",
    "sales.db",
    "update log set body = replace(body, '\"generations\":[2,1]', '\"generations\":[1,1]')",
    "oneTicket",
    /as generation 1, not 2/,
  ],
  [
    "a move that is told twice",
    "sales.db",
    "insert into log select partition, (select max(sequence) + 1 from log m where m.partition = l.partition), epoch, order_id, body, 'x' from log l where body like '%\"along\"%'",
    "oneAnswer",
    /makes move along again/,
  ],
];

describe("verification of moves", () => {
  it("finds nothing wrong, before and after the store has them", async () => {
    const theatre = await openTheatre();
    const { folder, time } = theatre;
    const orderId = await moveSome(theatre);
    deepEqual(await violations(folder, time.now), []);
    await theatre.apply();
    deepEqual(await violations(folder, time.now), []);
    equal((await theatre.deps.orders.byId(orderId))?.refundStatus, "part");
    await theatre.close();
  });

  for (const [what, file, sql, rule, sentence] of damage)
    it(`finds ${what}`, async () => {
      const theatre = await openTheatre();
      const { folder, time } = theatre;
      const orderId = await moveSome(theatre);
      await theatre.apply();
      await theatre.stop();
      const db = new DatabaseSync(join(folder, file));
      db.exec("pragma foreign_keys = off");
      db.exec(sql.replaceAll(":order", `'${orderId}'`));
      db.close();
      match((await violations(folder, time.now, rule)).join("\n"), sentence);
      await rm(folder, { recursive: true });
    });
});
