// A whole installation forgets what nobody needs any more, without anybody asking.

import { setTimeout as wait } from "node:timers/promises";
import { it } from "node:test";
import { createOutbox } from "../../src/store/outbox.ts";
import { openHouse } from "./setting.ts";

it("removes mails that were sent long ago", async () => {
  const house = await openHouse();
  try {
    const outbox = createOutbox(house.app.store.db);
    const body = { secret: "s", email: "ada@example.org", name: "Ada", expiresAt: 1 };
    await outbox.enqueue({ id: "old", kind: "password-reset", body }, 1);
    await outbox.markDone("old", 1);
    await house.restart();
    const { db } = house.app.store;
    while ((await db.selectFrom("outbox").select("id").execute()).length > 0) await wait(20);
  } finally {
    await house.close();
  }
});
