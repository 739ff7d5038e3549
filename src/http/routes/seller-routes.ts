// All of the seller's routes but those of accounts, members and settings.

import type { Server } from "../server.ts";
import { addScanRoutes } from "./scans.ts";
import { addSellerCancellationRoutes } from "./seller-cancellations.ts";
import { addSellerOrderRoutes } from "./seller-orders.ts";
import { addSellerPriceRoutes, addSellerRepricingRoute } from "./seller-prices.ts";
import { addSellerSalesRoutes } from "./seller-sales.ts";
import type { SellerServices } from "./seller-schemas.ts";
import { addSellerSeatMapRoutes } from "./seller-seat-maps.ts";
import { addSellerScheduleRoutes, addSellerShowingRoutes, addSellerStockRoutes } from "./seller-showings.ts";
import { addSellerMediaRoutes, addSellerShowRoutes } from "./seller-shows.ts";
import { addSellerAuditoriumRoutes, addSellerVenueRoutes } from "./seller-venues.ts";

/** Everything below /api/v1/sellers/:sellerId that lists, schedules, sells and reports; and the door. */
export function addSellerRoutes(server: Server, services: SellerServices): void {
  addSellerVenueRoutes(server, services);
  addSellerAuditoriumRoutes(server, services);
  addSellerSeatMapRoutes(server, services);
  addSellerShowRoutes(server, services);
  addSellerMediaRoutes(server, services);
  addSellerPriceRoutes(server, services);
  addSellerRepricingRoute(server, services);
  addSellerScheduleRoutes(server, services);
  addSellerShowingRoutes(server, services);
  addSellerStockRoutes(server, services);
  addSellerCancellationRoutes(server, services);
  addSellerOrderRoutes(server, services);
  addSellerSalesRoutes(server, services);
  addScanRoutes(server, services);
}
