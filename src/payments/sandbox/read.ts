// The sandbox's books for those who only look at them, also while a process keeps them.

import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../domain/clock.ts";
import type { ListedPayment, PaymentProvider } from "../port.ts";
import { readBooks, readPages } from "./books.ts";
import { asOf, listedOf, toState } from "./payment.ts";

/** Reads the books in `file`; writes nothing. An outcome whose time has come is told, as the provider itself would. */
export function readSandbox(file: string, clock: Clock): Pick<PaymentProvider, "name" | "find" | "list" | "close"> {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const books = readBooks(db);
  return {
    name: "sandbox",
    async find(orderId) {
      const payment = books.byOrder(orderId);
      return payment ? toState(asOf(payment, clock())) : { state: "absent" };
    },
    async *list(from, uncaptured = false): AsyncIterable<ListedPayment> {
      for (const { payment, journal } of readPages((request) => books.payments({ ...request, uncaptured }), from)) {
        const now = asOf(payment, clock());
        if (uncaptured && !["authorised", "pending", "requires_action"].includes(now.status)) continue;
        yield listedOf({ payment: now, journal });
      }
    },
    close: () => Promise.resolve(db.close()),
  };
}
