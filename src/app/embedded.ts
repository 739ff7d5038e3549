// The back ends of one process that is a whole installation: everything lies in the data folder, which the caller has locked.

import { mkdirSync } from "node:fs";
import type { Logger } from "pino";
import { createMemoryBus } from "../bus/memory.ts";
import { chunkKeys } from "../catalogue/chunks.ts";
import { openFolderContent } from "../catalogue/published-folder.ts";
import { createPublisher } from "../catalogue/publisher.ts";
import type { Config } from "../config.ts";
import { defaultPartitions } from "../domain/ids.ts";
import { installationPaths } from "../installation.ts";
import { openMemoryInventory } from "../inventory/memory/create.ts";
import { createFolderContent } from "../media/folder.ts";
import { openSandbox } from "../payments/sandbox/sandbox.ts";
import { openKeys } from "../sales/keys.ts";
import { migrate, openStore } from "../store/open.ts";
import type { BackEnds } from "./back-ends.ts";
import { openReports } from "./reports.ts";
import { sandboxTimes, type System } from "./system.ts";

/** Opens the data folder: migrates the store, rebuilds what is derived, recovers what was under way. */
export async function openEmbedded(config: Config, system: System, logger: Logger): Promise<BackEnds> {
  const { clock, random, failpoint, onFatal } = system;
  const testing = failpoint === undefined ? {} : { failpoint };
  const paths = installationPaths(config.data);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const store = openStore({ kind: "sqlite", file: paths.store });
  await migrate(store);
  const bus = createMemoryBus();
  const published = await openFolderContent(paths.chunks);
  // Chunks are derived: a folder without them (new, or restored from a backup) gets them from the store, the shows last.
  if (published.head(chunkKeys.shows) === undefined) {
    await createPublisher({ store, published, clock }).publishEverything();
  }
  const keys = openKeys(paths.keys);
  const inventory = await openMemoryInventory({
    file: paths.sales,
    partitions: defaultPartitions,
    now: clock(),
    onFatal,
    onClosed: (partition, reason) => logger.error({ partition, reason }, "a partition stopped selling"),
    ...testing,
  });
  const payments = await openSandbox({
    file: paths.payments,
    ...sandboxTimes(config),
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onFatal,
    ...testing,
  });
  const reporting = openReports(paths.store);
  return {
    store,
    bus,
    published,
    inventory,
    payments,
    reports: reporting.reports,
    content: createFolderContent(paths.static, random),
    staticSource: { folder: paths.static },
    keys,
    async close() {
      await reporting.close();
      await inventory.close();
      await payments.close();
      await bus.close();
      await store.close();
    },
  };
}
