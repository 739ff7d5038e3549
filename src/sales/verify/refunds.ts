// Counts the refunds that have begun and are not done: those of the store's moment, and how the log goes on from there. The log
// alone does not do: it may have forgotten where they began.

import type { StoredSales } from "../../store/verify-rows.ts";
import type { Findings } from "./findings.ts";
import type { History } from "./history.ts";

interface BegunRefundsSettings {
  stored: Pick<StoredSales, "begunRefunds">;
  history: Pick<History, "partitions" | "read">;
  findings: Findings;
  /** How far the store is. */
  marks: ReadonlyMap<number, { sequence: number }>;
}

const pageSize = 500;
const nameOf = (orderId: string, refundId: string) => `${orderId} ${refundId}`;

export async function countBegunRefunds({ stored, history, findings, marks }: BegunRefundsSettings): Promise<void> {
  const begun = new Set((await stored.begunRefunds()).map(({ order_id, id }) => nameOf(order_id, id)));
  for (let partition = 0; partition < history.partitions; partition += 1) {
    let after = marks.get(partition)?.sequence ?? 0;
    for (;;) {
      const entries = await history.read(partition, after, pageSize);
      if (entries.length === 0) break;
      for (const { sequence, body } of entries) {
        after = sequence;
        if (body.kind === "refund-begun") begun.add(nameOf(body.orderId, body.refund.refundId));
        else if (body.kind === "refund-done") begun.delete(nameOf(body.orderId, body.refundId));
      }
    }
  }
  findings.underWay("freedOnce", begun.size);
}
