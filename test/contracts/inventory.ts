// The contract of the inventory, by which every back end is judged: what src/inventory/port.ts promises, as sentences.

import { describe } from "node:test";
import { holdsContract } from "./inventory-holds.ts";
import { logContract } from "./inventory-log.ts";
import { movesContract } from "./inventory-moves.ts";
import { paymentsContract } from "./inventory-payments.ts";
import { stockContract } from "./inventory-stock.ts";
import type { OpenBackEnd } from "./inventory-setting.ts";

/** Judges a back end; `open` makes a new, empty one. */
export function inventoryContract(name: string, open: OpenBackEnd): void {
  describe(`an inventory ${name}`, () => {
    describe("holding", () => holdsContract(open));
    describe("paying and refunding", () => paymentsContract(open));
    describe("moving tickets", () => movesContract(open));
    describe("places on sale, watched, scanned and counted", () => stockContract(open));
    describe("the sales log and restarts", () => logContract(open));
  });
}
