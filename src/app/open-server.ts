// The server with all its routes and pages.

import fastifyStatic from "@fastify/static";
import { mkdirSync } from "node:fs";
import type { Logger } from "pino";
import type { Accounts } from "../accounts/accounts.ts";
import type { Authoring } from "../catalogue/authoring/authoring.ts";
import type { Catalogue } from "../catalogue/model.ts";
import { programVersion } from "../version.ts";
import type { Config } from "../config.ts";
import { createResponseCache } from "../http/cached.ts";
import { createVisitors } from "../http/context.ts";
import { createMetrics } from "../http/metrics.ts";
import { addOpenApi } from "../http/openapi.ts";
import { accountRoutes } from "../http/routes/accounts.ts";
import { addHealthRoutes, type ReadinessCheck } from "../http/routes/health.ts";
import { holdRoutes } from "../http/routes/holds.ts";
import { meRoutes } from "../http/routes/me.ts";
import { orderRoutes } from "../http/routes/orders.ts";
import { passwordResetRoutes } from "../http/routes/password-resets.ts";
import { placeRoutes } from "../http/routes/places.ts";
import { addSellerRoutes } from "../http/routes/seller-routes.ts";
import { sellerRoutes } from "../http/routes/sellers.ts";
import { sessionRoutes } from "../http/routes/session.ts";
import { showingRoutes } from "../http/routes/showings.ts";
import { showRoutes } from "../http/routes/shows.ts";
import { venueRoutes } from "../http/routes/venues.ts";
import { createServer, type Server } from "../http/server.ts";
import type { InstallationPaths } from "../installation.ts";
import type { SellerReports } from "../store/seller-reports.ts";
import { openWeb } from "../web/open.ts";
import { registerSandboxAction } from "../web/pages/sandbox-action.tsx";
import { registerSellerPages } from "../web/register-seller.ts";
import { registerPages } from "../web/register.ts";
import type { System } from "./system.ts";
import type { Selling } from "./selling.ts";
import type { Work } from "./work.ts";

export interface ServerParts {
  config: Config;
  system: System;
  paths: InstallationPaths;
  logger: Logger;
  catalogue: Catalogue;
  accounts: Accounts;
  authoring: Authoring;
  selling: Selling;
  work: Work;
  reports: SellerReports;
}

/** Entries that the slow path may lag behind before the process is not ready. */
const readyLag = 100_000;

export async function openServer(parts: ServerParts): Promise<Server> {
  const { config, system, paths, logger, catalogue, accounts, authoring, selling, work, reports } = parts;
  const { clock, random } = system;
  const { inventory, payments } = selling;
  const secure = config.publicUrl.startsWith("https://");
  const web = await openWeb();
  const server = await createServer({
    logger,
    trustProxy: config.trustProxy,
    secure,
    writesPerMinute: config.writesPerMinute,
    renderRefusal: (request, reply, refusal) => web.renderRefusal(request, reply, refusal),
  });
  const metrics = createMetrics({
    logLag: () => work.lag(),
    closedPartitions: () => inventory.closedPartitions().length,
  });
  metrics.measureRequests(server);
  const sales = { ...selling.sales, ...metrics.measureSales(selling.sales) };
  const visitors = createVisitors(accounts, { secure }, random);
  const cache = createResponseCache(clock);
  await addOpenApi(server, { version: programVersion(), publicUrl: config.publicUrl });
  mkdirSync(paths.static, { recursive: true });
  await server.register(fastifyStatic, {
    root: paths.static,
    prefix: "/static/",
    index: false,
    immutable: true,
    maxAge: "365d",
    decorateReply: false,
  });
  const services = {
    accounts,
    authoring,
    cache,
    catalogue,
    clock,
    random,
    reports,
    sales,
    visitors,
    publicUrl: config.publicUrl,
  };
  showRoutes(server, services);
  venueRoutes(server, services);
  showingRoutes(server, services);
  placeRoutes(server, services);
  holdRoutes(server, services);
  orderRoutes(server, services);
  accountRoutes(server, services);
  sessionRoutes(server, services);
  meRoutes(server, services);
  passwordResetRoutes(server, services);
  sellerRoutes(server, services);
  addSellerRoutes(server, services);
  addHealthRoutes(server, { checks: readiness(parts), registry: metrics.registry });
  const pages = { ...services, web, paymentProvider: payments.name };
  registerPages(server, pages);
  registerSellerPages(server, pages);
  registerSandboxAction(server, { web, act: (paymentId, approve) => payments.act(paymentId, approve) });
  return server;
}

function readiness({ selling, work }: ServerParts): ReadinessCheck[] {
  return [
    {
      name: "partitions",
      run() {
        const closed = selling.inventory.closedPartitions();
        return closed.length === 0
          ? undefined
          : `Sales are paused in ${closed.length} partitions: ${closed[0]?.reason}.`;
      },
    },
    {
      name: "slow path",
      async run() {
        const lag = await work.lag();
        return lag <= readyLag ? undefined : `The store lags ${lag} entries behind the sales.`;
      },
    },
  ];
}
