// Finds an order wherever it is. During a recovery it may be nowhere, and the payment provider be the only one who knows it: then
// nobody is told that there is none.

import { Refusal } from "../domain/refusals.ts";
import type { Inventory, InventoryOrder } from "../inventory/port.ts";

interface Found<Stored> {
  live?: InventoryOrder | undefined;
  stored?: Stored | undefined;
}

/** The order as the inventory has it, or else as the store has it; neither if there is none. Throws while that is uncertain. */
export async function lookUp<Stored>(
  inventory: Pick<Inventory, "orderById" | "mayBeLost">,
  orderId: string,
  fromStore: () => Promise<Stored | undefined>,
): Promise<Found<Stored>> {
  const found = await look(inventory, orderId, fromStore);
  if (found.live ?? found.stored) return found;
  if (await inventory.mayBeLost(orderId))
    throw new Refusal("unavailable", "This order cannot be looked up for a moment; nothing is lost. Try again soon.", {
      retryAfterMs: 2_000,
    });
  // A recovery may have brought it back since.
  return look(inventory, orderId, fromStore);
}

async function look<Stored>(
  inventory: Pick<Inventory, "orderById">,
  orderId: string,
  fromStore: () => Promise<Stored | undefined>,
): Promise<Found<Stored>> {
  // What is history already can be seen while the inventory does not answer.
  const asked = await inventory.orderById(orderId).then(
    (live) => ({ live }),
    (error: unknown) => ({ live: undefined, error }),
  );
  if (asked.live) return asked;
  const stored = await fromStore();
  if (!stored && "error" in asked) throw asked.error;
  return { stored };
}
