// The server with all its routes and pages.

import { programVersion } from "../version.ts";
import { createResponseCache } from "../http/cached.ts";
import { createVisitors } from "../http/context.ts";
import { createMetrics } from "../http/metrics.ts";
import { addOpenApi } from "../http/openapi.ts";
import { accountRoutes } from "../http/routes/accounts.ts";
import { addHealthRoutes } from "../http/routes/health.ts";
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
import { serveStaticFiles } from "../http/static-files.ts";
import { createOverviews } from "../sales/overview/kept.ts";
import { registerSandboxAction } from "../web/pages/sandbox-action.tsx";
import { registerSellerPages } from "../web/register-seller.ts";
import { registerPages } from "../web/register.ts";
import type { Parts } from "./parts.ts";
import { checkStopping, type Readiness } from "./readiness.ts";

/** Routes and pages over the parts. Nothing listens yet. */
export async function openServer(
  parts: Parts,
  { isDemo, ...readiness }: Readiness & { isDemo: boolean },
): Promise<Server> {
  const { config, system, logger, backEnds, catalogue, accounts, authoring, web } = parts;
  const { clock, random } = system;
  const { inventory, payments, reports } = backEnds;
  const secure = config.publicUrl.startsWith("https://");
  const staticUrl = config.staticUrl === "" ? {} : { staticUrl: config.staticUrl };
  const server = await createServer({
    logger,
    trustProxy: config.trustProxy,
    secure,
    ...staticUrl,
    writesPerMinute: config.writesPerMinute,
    renderRefusal: (request, reply, refusal) => web.renderRefusal(request, reply, refusal),
  });
  // Whoever keeps connections open, as a balancer does, takes the next request elsewhere.
  server.addHook("onSend", (_request, reply, _payload, done) => {
    if (readiness.stopping()) void reply.header("connection", "close");
    done();
  });
  const metrics = createMetrics({
    ...(readiness.lag ? { logLag: readiness.lag } : {}),
    closedPartitions: () => inventory.closedPartitions().length,
  });
  metrics.measureRequests(server);
  const sales = { ...parts.sales, ...metrics.measureSales(parts.sales) };
  const visitors = createVisitors(accounts, { secure }, random);
  const cache = createResponseCache(clock);
  await addOpenApi(server, { version: programVersion(), publicUrl: config.publicUrl });
  await serveStaticFiles(server, backEnds.staticSource);
  const services = {
    accounts,
    authoring,
    cache,
    catalogue,
    clock,
    random,
    reports,
    overviews: createOverviews(reports, clock, () => performance.now()),
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
  addHealthRoutes(server, {
    checks: [...readiness.checks, checkStopping(readiness.stopping)],
    registry: metrics.registry,
  });
  const showsMailedLinks = isDemo && config.mail === "";
  const pages = { ...services, web, paymentProvider: payments.name, showsMailedLinks };
  registerPages(server, pages);
  registerSellerPages(server, pages);
  registerSandboxAction(server, { web, act: (paymentId, approve) => payments.act(paymentId, approve) });
  return server;
}
