// For load balancers and Prometheus: is the process alive, should it get requests, what are its figures.

import type { Registry } from "prom-client";
import { Type } from "typebox";
import type { Server } from "../server.ts";

/** One thing that must be right before requests are sent here. */
export interface ReadinessCheck {
  name: string;
  /** Undefined if all is well; else a sentence for the operator. */
  run(): Promise<string | undefined> | string | undefined;
}

export interface HealthServices {
  checks: readonly ReadinessCheck[];
  registry: Registry;
}

const Alive = Type.Object({ status: Type.Literal("alive") });
const Readiness = Type.Object({
  status: Type.Union([Type.Literal("ready"), Type.Literal("not ready")]),
  checks: Type.Array(Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.Optional(Type.String()) })),
});

/** `/healthz`: 200 while the process answers. `/readyz`: 200, or 503 naming what is wrong. `/metrics`: Prometheus's text. */
export function addHealthRoutes(server: Server, { checks, registry }: HealthServices): void {
  server.get("/healthz", { schema: { hide: true, response: { 200: Alive } } }, async (_request, reply) => {
    void reply.header("cache-control", "no-store");
    return { status: "alive" as const };
  });

  server.get("/readyz", { schema: { hide: true, response: { 200: Readiness, 503: Readiness } } }, async (_, reply) => {
    const findings = await Promise.all(checks.map(findingOf));
    const ready = findings.every((finding) => finding.ok);
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ready" : "not ready", checks: findings });
  });

  server.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .header("content-type", registry.contentType)
      .send(await registry.metrics()),
  );
}

async function findingOf(check: ReadinessCheck): Promise<{ name: string; ok: boolean; detail?: string }> {
  try {
    const detail = await check.run();
    return detail === undefined ? { name: check.name, ok: true } : { name: check.name, ok: false, detail };
  } catch {
    return { name: check.name, ok: false, detail: "The check itself failed." };
  }
}
