// What Prometheus reads at /metrics. Names and labels are listed in docs/operations.md.

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { Refusal } from "../domain/refusals.ts";
import type { Sales } from "../sales/sales.ts";
import type { Server } from "./server.ts";

/** Where the figures come from that are read only when somebody asks. */
export interface MetricSources {
  /** Entries of the sales log that the store does not have yet, over all partitions; left out, the figure is not there. */
  logLag?: () => Promise<number>;
  /** Partitions that do not sell now. */
  closedPartitions(): number;
}

export interface Metrics {
  registry: Registry;
  /** Counts and times every answer of the server, by the route's pattern. */
  measureRequests(server: Server): void;
  /** The same use cases, their outcomes counted. */
  measureSales(sales: Sales): Sales;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "marquee_http_request_seconds",
    help: "Time from a request's arrival to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const holds = new Counter({
    name: "marquee_holds_total",
    help: "Requests for a hold, by what became of them: held, or the code of the refusal",
    labelNames: ["outcome"],
    registers,
  });
  const orders = new Counter({
    name: "marquee_orders_total",
    help: "Orders placed, by what they were told: confirmed, paying, …, or the code of the refusal",
    labelNames: ["outcome"],
    registers,
  });
  const { logLag } = sources;
  if (logLag) {
    registry.registerMetric(
      new Gauge({
        name: "marquee_sales_log_lag_entries",
        help: "Entries of the sales log that the store does not have yet",
        registers: [],
        async collect() {
          this.set(await logLag());
        },
      }),
    );
  }
  registry.registerMetric(
    new Gauge({
      name: "marquee_closed_partitions",
      help: "Partitions whose sales are paused",
      registers: [],
      collect() {
        this.set(sources.closedPartitions());
      },
    }),
  );

  async function counted<T>(counter: Counter<"outcome">, work: Promise<T>, outcomeOf: (value: T) => string) {
    try {
      const value = await work;
      counter.inc({ outcome: outcomeOf(value) });
      return value;
    } catch (error) {
      counter.inc({ outcome: error instanceof Refusal ? error.code : "fault" });
      throw error;
    }
  }
  return {
    registry,
    measureRequests(server) {
      server.addHook("onResponse", async (request, reply) => {
        // The route's pattern, never the address: addresses hold ids and secrets, and are without end.
        const route = request.routeOptions.url ?? "none";
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
      });
    },
    measureSales: (sales) => ({
      ...sales,
      hold: (input, customer) => counted(holds, sales.hold(input, customer), () => "held"),
      checkOut: (input, customer) => counted(orders, sales.checkOut(input, customer), (order) => order.status),
    }),
  };
}
