// Hangs the pages on the server.

import type { Server } from "../http/server.ts";
import { registerHome } from "./pages/home.tsx";
import type { PageServices } from "./services.ts";

/** Registers the buyer's pages and the assets. */
export function registerPages(server: Server, services: PageServices): void {
  services.web.assets.register(server);
  registerHome(server, services);
}
