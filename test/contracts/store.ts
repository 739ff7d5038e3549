// The contract of the store, by which both databases are judged: what the modules of src/store promise, as sentences.

import { describe } from "node:test";
import { movesContract } from "./store-moves.ts";
import { peopleContract } from "./store-people.ts";
import { programmeContract } from "./store-programme.ts";
import { recoveryContract } from "./store-recovery.ts";
import { salesContract } from "./store-sales.ts";
import type { OpenStores } from "./store-setting.ts";
import { turnsContract } from "./store-turns.ts";
import { workContract } from "./store-work.ts";

/** Judges a back end; `stores` makes a new, migrated, empty database. */
export function storeContract(name: string, stores: OpenStores): void {
  describe(`a store ${name}`, () => {
    describe("accounts, sessions and sellers", () => peopleContract(stores));
    describe("venues, shows and showings", () => programmeContract(stores));
    describe("jobs, mail, leases and the audit trail", () => workContract(stores));
    describe("applying sales", () => salesContract(stores));
    describe("tickets that move", () => movesContract(stores));
    describe("rebuilding a partition", () => recoveryContract(stores));
    describe("two at once", () => turnsContract(stores));
  });
}
