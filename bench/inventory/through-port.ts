// The three steps through the inventory's port: for the embedded engine and for Redis alike.

import type { Inventory } from "../../src/inventory/port.ts";
import { draftOf, holdMs, termsOf, type Sale, type Seller } from "./sale.ts";

/** The part of the port that a purchase needs. */
export type Purchasing = Pick<Inventory, "hold" | "beginPayment" | "confirm" | "seats" | "orderById">;

const limits = { perShowing: 0, perNetwork: 0, abandoned: 0, windowMs: 0, cooldownMs: 0 };

export function sellThrough(inventory: Purchasing): Seller {
  return {
    async hold(sale: Sale) {
      const held = await inventory.hold({
        showing: sale.showing,
        holdId: sale.holdId,
        holder: `g:${sale.orderId}`,
        network: "n:192.0.2",
        pick: { kind: "named", places: sale.places },
        terms: termsOf(sale),
        now: Date.now(),
        holdMs,
        limits,
      });
      return accepted(held, "seats_taken");
    },
    async begin(sale) {
      const { holdId, orderId } = sale;
      const begun = await inventory.beginPayment({
        holdId,
        fingerprint: orderId,
        draft: draftOf(sale),
        now: Date.now(),
      });
      return accepted(begun, "hold_unknown", "hold_expired");
    },
    async confirm({ orderId }) {
      return accepted(await inventory.confirm(orderId, `pay-${orderId}`, Date.now()), "seats_lost", "not_found");
    },
  };
}

/** False for the refusals that belong to the trade; any other is a fault of the set-up. */
function accepted(answer: object, ...refusals: readonly string[]): boolean {
  if (!("refusal" in answer)) return true;
  if (refusals.includes(String(answer.refusal))) return false;
  throw new Error(`refused: ${String(answer.refusal)}`);
}

/** How many of these sales the inventory does not know as confirmed. */
export async function missingThrough(inventory: Purchasing, sales: readonly Sale[]): Promise<number> {
  let missing = 0;
  for (let at = 0; at < sales.length; at += 500) {
    const orders = await Promise.all(sales.slice(at, at + 500).map((sale) => inventory.orderById(sale.orderId)));
    missing += orders.filter((order) => order?.status !== "confirmed").length;
  }
  return missing;
}
