// The sandbox's books for those who only look at them, also while a process keeps them.

import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../domain/clock.ts";
import type { ListedPayment, PaymentProvider } from "../port.ts";
import { asOf, toState, type Payment } from "./payment.ts";

/** Reads the books in `file`; writes nothing. An outcome whose time has come is told, as the provider itself would. */
export function readSandbox(file: string, clock: Clock): Pick<PaymentProvider, "name" | "find" | "list" | "close"> {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const byOrder = db.prepare("select payment from payments where order_id = ?");
  const since = db.prepare("select payment from payments where created_at >= ? order by created_at");
  const parse = (row: Record<string, unknown>): Payment => asOf(JSON.parse(String(row["payment"])) as Payment, clock());
  return {
    name: "sandbox",
    async find(orderId) {
      const row = byOrder.get(orderId);
      return row ? toState(parse(row), "") : { state: "absent" };
    },
    async *list(from, uncaptured = false): AsyncIterable<ListedPayment> {
      for (const row of since.iterate(from)) {
        const payment = parse(row);
        if (uncaptured && !["authorised", "pending", "requires_action"].includes(payment.status)) continue;
        yield { orderId: payment.orderId, metadata: payment.metadata, state: toState(payment, "") };
      }
    },
    close: () => Promise.resolve(db.close()),
  };
}
