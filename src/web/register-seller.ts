// Hangs the seller's pages on the server.

import type { Server } from "../http/server.ts";
import { registerAuditoriums } from "./pages/sell/auditoriums.tsx";
import { registerBlocks } from "./pages/sell/blocks.tsx";
import { registerDashboard } from "./pages/sell/dashboard.tsx";
import type { SellerPageServices } from "./pages/sell/frame.tsx";
import { registerInvitation } from "./pages/sell/invitation.tsx";
import { registerMembers } from "./pages/sell/members.tsx";
import { registerMove } from "./pages/sell/move.tsx";
import { registerOrder } from "./pages/sell/order.tsx";
import { registerOrderRefund } from "./pages/sell/order-refund.tsx";
import { registerOrders } from "./pages/sell/orders.tsx";
import { registerPriceCopy } from "./pages/sell/price-copy.tsx";
import { registerPrices } from "./pages/sell/prices.tsx";
import { registerScan } from "./pages/sell/scan.tsx";
import { registerSchedule } from "./pages/sell/schedule.tsx";
import { registerSettings } from "./pages/sell/settings.tsx";
import { registerShowing } from "./pages/sell/showing.tsx";
import { registerShowingCancel } from "./pages/sell/showing-cancel.tsx";
import { registerShowings } from "./pages/sell/showings.tsx";
import { registerShowStills } from "./pages/sell/show-stills-form.tsx";
import { registerShows } from "./pages/sell/shows.tsx";
import { registerSellStart } from "./pages/sell/start.tsx";
import { registerVenues } from "./pages/sell/venues.tsx";

/** Registers `/sell` and everything below it, and the page that invitations lead to. */
export function registerSellerPages(server: Server, services: SellerPageServices): void {
  registerSellStart(server, services);
  registerDashboard(server, services);
  registerVenues(server, services);
  registerAuditoriums(server, services);
  registerShows(server, services);
  registerShowStills(server, services);
  registerPrices(server, services);
  registerPriceCopy(server, services);
  registerSchedule(server, services);
  registerShowings(server, services);
  registerShowing(server, services);
  registerShowingCancel(server, services);
  registerBlocks(server, services);
  registerOrders(server, services);
  registerMove(server, services);
  registerOrder(server, services);
  registerOrderRefund(server, services);
  registerMembers(server, services);
  registerInvitation(server, services);
  registerSettings(server, services);
  registerScan(server, services);
}
