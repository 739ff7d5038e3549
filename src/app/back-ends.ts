// What an installation runs on. The same record in both shapes: embedded.ts and fleet.ts fill it, and nothing above knows which.

import type { Bus } from "../bus/port.ts";
import type { Published } from "../catalogue/published.ts";
import type { StaticSource } from "../http/static-files.ts";
import type { Inventory } from "../inventory/port.ts";
import type { Origin } from "../media/static-content.ts";
import type { SandboxProvider } from "../payments/sandbox/sandbox.ts";
import type { InstallationKeys } from "../sales/keys.ts";
import type { Store } from "../store/open.ts";
import type { SellerReports } from "../store/seller-reports.ts";

export interface BackEnds {
  store: Store;
  bus: Bus;
  published: Published;
  inventory: Inventory;
  payments: SandboxProvider;
  reports: SellerReports;
  content: Origin;
  /** What is answered below /static/. */
  staticSource: StaticSource;
  keys: InstallationKeys;
  /** Says why this process cannot do its work although newer ones can; left out where there is only one. */
  outdated?(): string | undefined;
  /** Lets go of files and connections; what was decided is durable before. */
  close(): Promise<void>;
}
