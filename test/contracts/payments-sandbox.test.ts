import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { openSandbox } from "../../src/payments/sandbox/sandbox.ts";
import { paymentsContract } from "./payments.ts";

const settleMs = 3_000;

describe("the contract", () =>
  paymentsContract("the sandbox", async () => {
    const folder = await mkdtemp(join(tmpdir(), "marquee-sandbox-"));
    let now = Date.UTC(2030, 0, 7);
    const open = () =>
      openSandbox({
        file: join(folder, "payments.db"),
        timeoutMs: 1_000,
        settleMs,
        clock: () => now,
        wait: () => new Promise((resolve) => setImmediate(resolve)),
        onFatal(error) {
          throw error;
        },
      });
    let provider = await open();
    return {
      provider,
      tokens: {
        approve: "tok_approve",
        slow: "tok_slow",
        decline: "tok_decline",
        insufficientFunds: "tok_insufficient_funds",
        unknownThenApproved: "tok_timeout_then_approved",
        unknownThenDeclined: "tok_timeout_then_declined",
        requiresAction: "tok_requires_action",
      },
      passUntilSettled: () => void (now += settleMs),
      clock: () => now,
      act: async (paymentId, approve) => void (await provider.act(paymentId, approve)),
      async reopen() {
        await provider.close();
        return (provider = await open());
      },
      async dispose() {
        await provider.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }));
