import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Type } from "typebox";
import { Refusal } from "../../src/domain/refusals.ts";
import { createMetrics } from "../../src/http/metrics.ts";
import { addOpenApi } from "../../src/http/openapi.ts";
import { addHealthRoutes, type ReadinessCheck } from "../../src/http/routes/health.ts";
import { createServer } from "../../src/http/server.ts";
import type { OrderView, PricedHold, Sales } from "../../src/sales/sales.ts";

async function open(checks: readonly ReadinessCheck[] = []) {
  const server = await createServer({ logger: false, trustProxy: false, secure: false, writesPerMinute: 0 });
  const metrics = createMetrics({ logLag: () => Promise.resolve(3), closedPartitions: () => 1 });
  metrics.measureRequests(server);
  await addOpenApi(server, { version: "1.2.3", publicUrl: "http://localhost:3000" });
  addHealthRoutes(server, { checks, registry: metrics.registry });
  server.get("/api/v1/things/:id", { schema: { params: Type.Object({ id: Type.String() }) } }, async () => ({}));
  return { server, metrics };
}

test("a process that answers is alive, ready or not", async () => {
  const { server } = await open([{ name: "catalogue", run: () => "No chunk is loaded." }]);
  assert.equal((await server.inject("/healthz")).statusCode, 200);
});

test("a process that took long to start answers its first requests", async () => {
  const { server } = await open();
  // Longer than the delay of the event loop is sampled.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_300);
  await setImmediate();
  assert.equal((await server.inject("/healthz")).statusCode, 200);
});

test("a process is ready when every check is content", async () => {
  const { server } = await open([{ name: "catalogue", run: () => undefined }]);
  const answer = await server.inject("/readyz");
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), { status: "ready", checks: [{ name: "catalogue", ok: true }] });
});

test("a process that is not ready says what is wrong, and a check that breaks is no way to be ready", async () => {
  const broken = () => Promise.reject(new Error("inner detail"));
  const { server } = await open([
    { name: "sales", run: () => "Partition 4 is closed." },
    { name: "store", run: broken },
  ]);
  const answer = await server.inject("/readyz");
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(answer.json<{ checks: unknown }>().checks, [
    { name: "sales", ok: false, detail: "Partition 4 is closed." },
    { name: "store", ok: false, detail: "The check itself failed." },
  ]);
});

test("requests are counted by the route's pattern and status, never by their address", async () => {
  const { server } = await open();
  await server.inject("/api/v1/things/a-secret-id");
  const text = (await server.inject("/metrics")).body;
  assert.match(
    text,
    /marquee_http_request_seconds_count\{method="GET",route="\/api\/v1\/things\/:id",status="200"\} 1/,
  );
  assert.doesNotMatch(text, /a-secret-id/);
});

test("the log's lag and the closed partitions are read when somebody asks", async () => {
  const { server } = await open();
  const text = (await server.inject("/metrics")).body;
  assert.match(text, /marquee_sales_log_lag_entries 3/);
  assert.match(text, /marquee_closed_partitions 1/);
});

test("holds and orders are counted by outcome, refusals by their code", async () => {
  const { metrics } = await open();
  const answers = [Promise.resolve({} as PricedHold), Promise.reject(new Refusal("seats_taken"))];
  const sales = metrics.measureSales({
    hold: () => answers.shift() ?? Promise.reject(new Error("no more answers")),
    checkOut: () => Promise.resolve({ status: "confirmed" } as OrderView),
  } as unknown as Sales);
  const customer = { holder: "g:1", addressPrefix: "10.0.0" };
  await sales.hold({ showingId: "1" }, customer);
  await assert.rejects(sales.hold({ showingId: "1" }, customer), Refusal);
  const payment = { provider: "sandbox", token: "tok_approve" };
  await sales.checkOut({ id: "1", holdId: "1", buyer: { email: "", name: "" }, payment }, customer);
  const text = await metrics.registry.metrics();
  assert.match(text, /marquee_holds_total\{outcome="held"\} 1/);
  assert.match(text, /marquee_holds_total\{outcome="seats_taken"\} 1/);
  assert.match(text, /marquee_orders_total\{outcome="confirmed"\} 1/);
});

test("the API describes itself in OpenAPI 3.1, without pages and health", async () => {
  const { server } = await open();
  const document = (await server.inject("/api/openapi.json")).json<{
    openapi: string;
    paths: Record<string, { get: { responses: object } }>;
  }>();
  assert.equal(document.openapi, "3.1.0");
  assert.deepEqual(Object.keys(document.paths), ["/api/v1/things/{id}"]);
  assert.ok("default" in (document.paths["/api/v1/things/{id}"]?.get.responses ?? {}), "refusals are described");
});

test("only the API's own browser may set styles from a script", async () => {
  const { server } = await open();
  const policyOf = async (url: string) => String((await server.inject(url)).headers["content-security-policy"]);
  const docs = await policyOf("/api/docs/");
  assert.match(docs, /style-src 'self' 'unsafe-inline'/);
  assert.doesNotMatch(docs, /script-src [^;]*unsafe/);
  assert.doesNotMatch(await policyOf("/healthz"), /unsafe-inline/);
});
