// The payment sandbox of a fleet: one process with books of its own, outside all processes that sell.

import { join } from "node:path";
import type { Config } from "../config.ts";
import { createLogger } from "../logger.ts";
import { openSandbox } from "../payments/sandbox/sandbox.ts";
import { createSandboxService } from "../payments/sandbox-service/service.ts";
import { sandboxTimes, systemOf } from "./system.ts";

export interface SandboxProcess {
  /** Begins to answer; the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the books in the data folder, whose lock the caller holds. `faults`: misbehaves when told to, for tests. */
export async function openSandboxProcess(config: Config, faults: boolean): Promise<SandboxProcess> {
  const logger = createLogger(config.logLevel);
  const { clock, onFatal } = systemOf(logger);
  const engine = await openSandbox({
    file: join(config.data, "payments.db"),
    ...sandboxTimes(config),
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onFatal,
  });
  const service = createSandboxService({
    engine,
    secret: config.paymentsSecret,
    faults,
    onError: (error) => logger.error({ err: error }, "a payment request failed"),
  });
  const { port, host } = config;
  return { listen: () => service.listen({ port, host }), close: () => service.close() };
}
