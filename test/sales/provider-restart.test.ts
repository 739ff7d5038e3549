// A provider that is away for a moment, because it starts again, costs the buyer a moment and nothing else.

import { deepEqual, equal } from "node:assert/strict";
import { describe, it } from "node:test";
import { PaymentUnknown } from "../../src/payments/port.ts";
import { createSales } from "../../src/sales/create.ts";
import { guest, openTheatre, orderFor } from "./fixture.ts";

describe("a provider that does not answer", () => {
  it("is asked again by the same key until it is back", async () => {
    const theatre = await openTheatre();
    const { payments, deps } = theatre;
    const calls: string[] = [];
    let away = 3;
    const flaky =
      <Args extends unknown[], Answer>(name: string, call: (...args: Args) => Promise<Answer>) =>
      async (...args: Args): Promise<Answer> => {
        calls.push(name);
        away -= 1;
        if (away >= 0) throw new PaymentUnknown("away");
        return call(...args);
      };
    const sales = createSales({
      ...deps,
      payments: {
        ...payments,
        authorise: flaky("authorise", payments.authorise),
        find: flaky("find", payments.find),
      },
    });
    const hold = await sales.hold({ showingId: theatre.showing.id, seats: ["A-1"] }, guest);
    equal((await sales.checkOut(orderFor(hold.id), guest)).status, "confirmed");
    deepEqual(
      calls,
      ["authorise", "find", "authorise", "find", "authorise"],
      "what it never heard of is asked for again",
    );
    await theatre.close();
  });

  it("leaves the order paying, for the reconciler, when it does not come back soon", async () => {
    const theatre = await openTheatre();
    const away = () => Promise.reject(new PaymentUnknown("away"));
    const payments = { ...theatre.payments, authorise: away, find: away };
    const sales = createSales({ ...theatre.deps, payments });
    const hold = await sales.hold({ showingId: theatre.showing.id, seats: ["A-1"] }, guest);
    const began = theatre.time.now;
    equal((await sales.checkOut(orderFor(hold.id), guest)).status, "paying");
    equal(theatre.time.now - began < 6_000, true, "buyers are not kept longer");
    await theatre.close();
  });
});
