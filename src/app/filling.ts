// An installation that nobody serves, opened to be filled: its store, its published content and its static files.

import { createMemoryBus } from "../bus/memory.ts";
import { openFolderContent } from "../catalogue/published-folder.ts";
import type { Published } from "../catalogue/published.ts";
import { createPublisher, type Publisher } from "../catalogue/publisher.ts";
import type { Clock } from "../domain/clock.ts";
import { installationPaths } from "../installation.ts";
import { createFolderContent } from "../media/folder.ts";
import type { StaticContent } from "../media/static-content.ts";
import { migrate, openStore, type Store } from "../store/open.ts";
import { pooledRandom } from "./random.ts";

export interface Filling {
  store: Store;
  published: Published;
  publisher: Publisher;
  content: StaticContent;
}

/** Migrates the store, does `work`, and closes everything again. The caller holds the data folder's lock. */
export async function fillInstallation<T>(
  data: string,
  clock: Clock,
  work: (filling: Filling) => Promise<T>,
): Promise<T> {
  const paths = installationPaths(data);
  const store = openStore({ kind: "sqlite", file: paths.store });
  const bus = createMemoryBus();
  try {
    await migrate(store);
    const published = await openFolderContent(paths.chunks);
    const publisher = createPublisher({ store, published, bus, clock });
    return await work({ store, published, publisher, content: createFolderContent(paths.static, pooledRandom()) });
  } finally {
    await bus.close();
    await store.close();
  }
}
