import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMemoryInventory } from "../../src/inventory/memory/create.ts";
import { decidesLikeTheDumbHouse, firstDay, type Shop } from "./inventory-model.ts";

decidesLikeTheDumbHouse("an inventory in memory", 300, async () => {
  const folder = await mkdtemp(join(tmpdir(), "marquee-model-"));
  const open = (now: number) =>
    openMemoryInventory({
      file: join(folder, "sales.db"),
      partitions: 4,
      now,
      onFatal(error) {
        throw error;
      },
      onClosed(_, reason) {
        throw new Error(`a partition was closed: ${reason}`);
      },
    });
  const shop: Shop = {
    now: firstDay,
    holdsSurvive: false,
    inventory: await open(firstDay),
    async reopen() {
      await shop.inventory.close();
      shop.inventory = await open(shop.now);
    },
    async close() {
      await shop.inventory.close();
      await rm(folder, { recursive: true });
    },
  };
  return shop;
});
