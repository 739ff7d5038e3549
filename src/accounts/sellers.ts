// Seller accounts: opening one, and its settings.

import { newId } from "../domain/ids.ts";
import { isCurrency } from "../domain/money.ts";
import { mostFeeMinor } from "../domain/pricing.ts";
import { refusedFor } from "../domain/faults.ts";
import { Refusal } from "../domain/refusals.ts";
import type { Accounts, SellerSettings } from "./accounts.ts";
import { nameOf } from "./fields.ts";
import type { AccountsSettings, Records } from "./parts.ts";
import type { Sessions } from "./sessions.ts";

type Sellers = Pick<Accounts, "openSeller" | "seller" | "updateSeller">;

const limits = { feeMinor: mostFeeMinor, taxBasisPoints: 10_000, cancelHours: 8_760 } as const;

export function createSellers({ clock, random }: AccountsSettings, records: Records, sessions: Sessions): Sellers {
  return {
    async openSeller(accountId, input) {
      const name = nameOf(input.name);
      const { currency } = input;
      if (!isCurrency(currency)) {
        throw refusedFor("invalid_request", { code: "currency" }, { field: "currency" });
      }
      const seller = { id: newId(random), name, currency, feeMinor: 0, taxBasisPoints: 0, strandRule: true };
      await sessions.change(async (tables, note) => {
        if (!(await tables.accounts.lock(accountId))) throw new Refusal("not_signed_in");
        await tables.sellers.insert(seller, clock());
        await tables.sellers.addMember(seller.id, accountId, "owner", clock());
        const subject = `seller:${seller.id}`;
        await tables.audit.append({ actor: accountId, action: "seller.opened", subject, details: { role: "owner" } });
        note({ accountId });
      });
      return seller;
    },

    async seller(sellerId) {
      const found = await records.sellers.byId(sellerId);
      if (!found) throw new Refusal("not_found", "There is no such seller.");
      return found;
    },

    async updateSeller(sellerId, change, actor = "system") {
      const wanted = checked(change);
      return sessions.change(async (tables, note) => {
        const seller = await tables.sellers.update(sellerId, wanted);
        if (!seller) throw new Refusal("not_found", "There is no such seller.");
        const subject = `seller:${sellerId}`;
        await tables.audit.append({ actor, action: "seller.settings_changed", subject, details: { ...wanted } });
        // Sessions know the names of their sellers.
        const members = wanted.name === undefined ? [] : await tables.sellers.members(sellerId);
        for (const { accountId } of members) note({ accountId });
        return seller;
      });
    },
  };
}

/** The change, if every number is whole and within bounds; refuses `invalid_request`. */
function checked(change: SellerSettings): SellerSettings {
  for (const [field, max] of Object.entries(limits) as [keyof typeof limits, number][]) {
    const value = change[field];
    if (value === undefined || (field === "cancelHours" && value === null)) continue;
    if (value === null || !Number.isSafeInteger(value) || value < 0 || value > max) {
      throw refusedFor("invalid_request", { code: "not-whole", min: 0, max }, { field });
    }
  }
  return change.name === undefined ? change : { ...change, name: nameOf(change.name) };
}
