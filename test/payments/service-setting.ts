// The sandbox's process, within the test's: the same service on a free port, with a clock that tests move.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSandbox } from "../../src/payments/sandbox/sandbox.ts";
import { openSandboxClient } from "../../src/payments/sandbox-service/client.ts";
import type { FaultRule } from "../../src/payments/sandbox-service/faults.ts";
import { createSandboxService } from "../../src/payments/sandbox-service/service.ts";

export const secret = "a-secret-of-the-tests";
export const settleMs = 3_000;

/** Sets the faults of a provider that was started with --faults; none: it behaves. */
export async function misbehave(provider: { url: string; secret: string }, rules: readonly FaultRule[]): Promise<void> {
  const response = await fetch(`${provider.url}/faults`, {
    method: "PUT",
    headers: { authorization: `Bearer ${provider.secret}`, "content-type": "application/json" },
    body: JSON.stringify({ rules }),
  });
  if (!response.ok) throw new Error(`PUT /faults answered ${response.status}: ${await response.text()}`);
}

/** Opens the service over a folder of its own, and a client of it. */
export async function openService(change: { faults?: boolean } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "marquee-provider-"));
  const time = { now: Date.UTC(2030, 0, 7) };
  const faulty: unknown[] = [];
  const start = async (port: number) => {
    const engine = await openSandbox({
      file: join(folder, "payments.db"),
      timeoutMs: 1_000,
      settleMs,
      clock: () => time.now,
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      onFatal(error) {
        throw error;
      },
    });
    const service = createSandboxService({
      engine,
      secret,
      faults: change.faults ?? false,
      onError: (error) => void faulty.push(error),
    });
    return { service, url: await service.listen({ port, host: "127.0.0.1" }) };
  };
  let running = await start(0);
  const { url } = running;
  const connect = (timeoutMs = 30_000) => openSandboxClient({ url, secret, timeoutMs });
  const client = connect();
  return {
    url,
    time,
    client,
    /** Errors that the service did not expect. */
    faulty,
    connect,
    stop: () => running.service.close(),
    /** Again, at the same address. */
    async restart() {
      await running.service.close();
      running = await start(Number(new URL(url).port));
    },
    misbehave: (...rules: FaultRule[]) => misbehave({ url, secret }, rules),
    async dispose() {
      await client.close();
      await running.service.close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
