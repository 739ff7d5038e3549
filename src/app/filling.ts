// An installation that nobody serves, opened to be filled: its store, its published content and its static files.

import { openFolderContent } from "../catalogue/published-folder.ts";
import type { Published } from "../catalogue/published.ts";
import { createPublisher, type Publisher } from "../catalogue/publisher.ts";
import type { Clock } from "../domain/clock.ts";
import { installationPaths, openInstallationStore } from "../installation.ts";
import { isFleet, type Config } from "../config.ts";
import { createFolderContent } from "../media/folder.ts";
import type { StaticContent } from "../media/static-content.ts";
import { migrate, type Store } from "../store/open.ts";
import { pooledRandom } from "./random.ts";

export interface Filling {
  store: Store;
  published: Published;
  publisher: Publisher;
  content: StaticContent;
}

/**
 * Migrates the store, does `work`, and closes everything again. The caller holds the data folder's lock, where there is one. In
 * a fleet, what is published goes to Redis and the origin, and running processes hear of it.
 */
export async function fillInstallation<T>(
  config: Config,
  clock: Clock,
  work: (filling: Filling) => Promise<T>,
): Promise<T> {
  const { filling, close } = isFleet(config)
    ? await openFleetFilling(config, clock)
    : await openFolderFilling(config, clock);
  try {
    await migrate(filling.store);
    return await work(filling);
  } finally {
    await close();
  }
}

interface OpenFilling {
  filling: Filling;
  close(): Promise<void>;
}

async function openFolderFilling(config: Config, clock: Clock): Promise<OpenFilling> {
  const paths = installationPaths(config.data);
  const store = openInstallationStore(config);
  const published = await openFolderContent(paths.chunks);
  const publisher = createPublisher({ store, published, clock });
  return {
    filling: { store, published, publisher, content: createFolderContent(paths.static, pooledRandom()) },
    close: () => store.close(),
  };
}

async function openFleetFilling(config: Config, clock: Clock): Promise<OpenFilling> {
  const { openFleetCatalogue } = await import("./fleet.ts");
  const random = pooledRandom();
  const { published, content, close } = await openFleetCatalogue(config, { clock, random }, "filling");
  const store = openInstallationStore(config);
  const publisher = createPublisher({ store, published, clock });
  return {
    filling: { store, published, publisher, content },
    async close() {
      await close();
      await store.close();
    },
  };
}
