import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { openMemoryInventory } from "../../src/inventory/memory/create.ts";
import { inventoryContract } from "./inventory.ts";

describe("the contract", () =>
  inventoryContract("in memory, durable by group commit", async () => {
    const folder = await mkdtemp(join(tmpdir(), "marquee-inventory-"));
    return {
      open: ({ partitions, now }) =>
        openMemoryInventory({
          file: join(folder, "sales.db"),
          partitions,
          now,
          onFatal(error) {
            throw error;
          },
          onClosed: () => undefined,
        }),
      dispose: () => rm(folder, { recursive: true, force: true }),
    };
  }));
