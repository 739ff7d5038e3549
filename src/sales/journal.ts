// What payments and refunds carry at the provider, so that what the sales log lost can be finished or undone (R4): the intent
// as the log had it, and the showing as the inventory needs it; of a refund, which tickets it makes void.

import type { Refund } from "../domain/orders.ts";
import type { Intent, InventoryOrder, ShowingRef } from "../inventory/port.ts";
import type { PaymentRefund } from "../payments/port.ts";

export interface JournalledOrder {
  order: Intent;
  /** Missing if the catalogue no longer had the showing. */
  showing?: ShowingRef;
}

/** The text for `PaymentMetadata.journal`. */
export function writeJournal(order: InventoryOrder, showing: ShowingRef | undefined): string {
  const { orderId, partition, holdId, holder, network, fingerprint, places, generations, draft, terms } = order;
  const intent: Intent = {
    orderId,
    partition,
    holdId,
    holder,
    network,
    fingerprint,
    places,
    generations,
    draft,
    terms,
  };
  const journalled: JournalledOrder = { order: intent, ...(showing ? { showing } : {}) };
  return JSON.stringify(journalled);
}

/** What `writeJournal` wrote; undefined for "", which a payment carries that was cancelled before it was asked for. */
export function readJournal(text: string): JournalledOrder | undefined {
  return text === "" ? undefined : (JSON.parse(text) as JournalledOrder);
}

/** The text for `PaymentRefund.journal`. */
export function writeRefundJournal({ places, reason, at }: Refund): string {
  return JSON.stringify({ places, reason, at });
}

/** The refund as it had begun; undefined for money of an order that did not get its seats. */
export function readRefundJournal({
  refundId,
  amountMinor,
  journal,
}: Pick<PaymentRefund, "refundId" | "amountMinor" | "journal">): Refund | undefined {
  if (journal === "") return undefined;
  const { places, reason, at } = JSON.parse(journal) as Pick<Refund, "places" | "reason" | "at">;
  return { refundId, places, amountMinor, reason, status: "begun", at };
}
