// One price list for many showings.

import { refusedFor } from "../../domain/faults.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Authoring, PricesApplied } from "./authoring.ts";
import { changeShowing } from "./change-showing.ts";
import { priceListFound } from "./found.ts";
import type { Parts } from "./parts.ts";

/** Each is published by itself, so this is some seconds of work. */
export const mostRepriced = 200;

export function applyPrices(parts: Parts): Authoring["applyPrices"] {
  const change = changeShowing(parts);
  return async (by, priceListId, showingIds) => {
    const wanted = [...new Set(showingIds)];
    if (wanted.length === 0 || wanted.length > mostRepriced) {
      throw refusedFor("invalid_request", { code: "showing-count", max: mostRepriced }, { field: "showingIds" });
    }
    await priceListFound(parts.lists, by.sellerId, priceListId, "priceListId");
    const before = new Map((await parts.showings.byIds(by.sellerId, wanted)).map((row) => [row.id, row.price_list_id]));
    const changed: string[] = [];
    const same: string[] = [];
    const refused: PricesApplied["refused"][number][] = [];
    for (const showingId of wanted) {
      if (before.get(showingId) === priceListId) {
        same.push(showingId);
        continue;
      }
      try {
        await change(by, showingId, { priceListId });
        changed.push(showingId);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ showingId, refusal: error });
      }
    }
    return { changed, same, refused };
  };
}
