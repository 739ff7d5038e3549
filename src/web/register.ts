// Hangs the pages on the server.

import type { Server } from "../http/server.ts";
import { createCancelPolicies } from "./cancel-policy.ts";
import { speakLanguages } from "./messages.ts";
import { registerHome } from "./pages/home.tsx";
import { registerHelp } from "./pages/help.tsx";
import { registerHold } from "./pages/hold.tsx";
import { registerOrder } from "./pages/order.tsx";
import { registerShow } from "./pages/show.tsx";
import { registerShowing } from "./pages/showing.tsx";
import { registerSitemap } from "./pages/sitemap.ts";
import { registerTerms } from "./pages/terms.tsx";
import { registerVenue } from "./pages/venue.tsx";
import { registerVenues } from "./pages/venues.tsx";
import { registerWhere } from "./pages/where.ts";
import { registerAccountPages } from "./register-account.ts";
import type { PageServices } from "./services.ts";

/** Lets every page speak the language of its request, and registers the buyer's pages and the assets. */
export function registerPages(server: Server, services: PageServices): void {
  const buying = { ...services, cancelPolicies: createCancelPolicies(services.accounts, services.clock) };
  speakLanguages(server, services);
  services.web.assets.register(server, services.cache);
  registerHome(server, services);
  registerWhere(server, services);
  registerShow(server, services);
  registerVenues(server, services);
  registerVenue(server, services);
  registerShowing(server, services);
  registerHold(server, buying);
  registerOrder(server, buying);
  registerAccountPages(server, services);
  registerHelp(server, services);
  registerTerms(server, services);
  registerSitemap(server, services);
}
