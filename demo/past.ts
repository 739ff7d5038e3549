// Gives a loaded demo its last four weeks, and the tickets that are sold ahead: so that a seller sees how sales go, and a
// buyer a house that is not empty.

import type { InventedSales } from "../src/app/invented-sales.ts";
import { createAccountTable } from "../src/store/accounts.ts";
import { planDemo } from "./plan.ts";
import { plannedOrders } from "./past/orders.ts";
import { sellOrders } from "./past/sell.ts";
import type { ManyTimes } from "./past/times.ts";

export interface PastSettings extends InventedSales {
  times: ManyTimes;
  seed: number;
  national: boolean;
  days: number;
  now: number;
  /** E-mail addresses of the demo's accounts. */
  people: Readonly<Record<"buyer" | "seller", string>>;
  /** Hears of what happened, of all that does. */
  onProgress(done: number, total: number): void;
  stop?: AbortSignal;
}

/** Sells into a demo that was loaded at `now` with its past. The same seed and moment sell the same orders. */
export async function sellPast(settings: PastSettings): Promise<void> {
  const { store, seed, national, days, now, people } = settings;
  const accounts = createAccountTable(store.db);
  const account = async (email: string) => {
    const found = await accounts.byEmail(email);
    if (!found) throw new Error(`the demo has no account ${email}`);
    return found;
  };
  const [buyer, seller] = [await account(people.buyer), await account(people.seller)];
  const plan = planDemo({ seed, national, now });
  await sellOrders(
    {
      ...settings,
      buyer: { accountId: buyer.id, email: buyer.email, name: buyer.name, language: "en" },
      sellerAccountId: seller.id,
    },
    plannedOrders({ plan, seed, now, days }),
  );
}
