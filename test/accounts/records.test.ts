import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudit } from "../../src/store/audit.ts";
import { createInvitationTable } from "../../src/store/invitations.ts";
import { createSessionTable } from "../../src/store/sessions.ts";
import { sweepAccounts } from "../../src/workers/sweep-accounts.ts";
import { createSetting, person } from "./setting.ts";

test("the audit trail of a subject is read newest first, page by page, without gaps", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const audit = createAudit(store.db, clock, random);
  for (let count = 0; count < 7; count += 1) {
    await audit.append({ actor: "system", action: `step-${count}`, subject: "order:1", details: { count } });
    await audit.append({ actor: "system", action: "other", subject: "order:2" });
    if (count % 3 === 2) setting.pass(1);
  }
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await audit.list("order:1", { limit: 2, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ at, details }) => [at, details["count"]]));
    cursor = page.next;
  } while (cursor !== undefined);
  assert.equal(new Set(seen.map(String)).size, 7);
  const times = seen.map((entry) => (entry as number[])[0] ?? 0);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  );
});

test("an entry about a change that was rolled back is rolled back with it", async () => {
  await using setting = await createSetting();
  const { store, clock, random } = setting;
  const failing = store.db.transaction().execute(async (db) => {
    await createAudit(db, clock, random).append({ actor: "system", action: "tried", subject: "order:1" });
    throw new Error("changed my mind");
  });
  await assert.rejects(failing);
  assert.deepEqual((await createAudit(store.db, clock, random).list("order:1", { limit: 10 })).items, []);
});

test("sessions and invitations that have ended are swept away, and no others", async () => {
  await using setting = await createSetting();
  const { store, clock, accounts } = setting;
  const ada = await person(setting, "ada");
  const seller = await accounts.openSeller(ada.id, { name: "Odeon", currency: "USD" });
  await accounts.invite(seller.id, { email: "sam@example.org", role: "scanner", actor: ada.id });
  const job = sweepAccounts([createSessionTable(store.db), createInvitationTable(store.db)], clock);
  const left = async () => [
    (await store.db.selectFrom("sessions").selectAll().execute()).length,
    (await store.db.selectFrom("invitations").selectAll().execute()).length,
  ];
  await job.run(new AbortController().signal);
  assert.deepEqual(await left(), [1, 1]);
  setting.pass(7 * 86_400_000);
  await job.run(new AbortController().signal);
  assert.deepEqual(await left(), [1, 0]);
  setting.pass(23 * 86_400_000);
  await job.run(new AbortController().signal);
  assert.deepEqual(await left(), [0, 0]);
});
