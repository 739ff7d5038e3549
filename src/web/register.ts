// Hangs the pages on the server.

import type { Server } from "../http/server.ts";
import { registerHome } from "./pages/home.tsx";
import { registerHelp } from "./pages/help.tsx";
import { registerHold } from "./pages/hold.tsx";
import { registerOrder } from "./pages/order.tsx";
import { registerShow } from "./pages/show.tsx";
import { registerShowing } from "./pages/showing.tsx";
import { registerVenues } from "./pages/venues.tsx";
import { registerAccountPages } from "./register-account.ts";
import type { PageServices } from "./services.ts";

/** Registers the buyer's pages and the assets. */
export function registerPages(server: Server, services: PageServices): void {
  services.web.assets.register(server);
  registerHome(server, services);
  registerShow(server, services);
  registerVenues(server, services);
  registerShowing(server, services);
  registerHold(server, services);
  registerOrder(server, services);
  registerAccountPages(server, services);
  registerHelp(server, services);
}
