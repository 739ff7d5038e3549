import { describe } from "node:test";
import { openService, settleMs } from "../payments/service-setting.ts";
import { paymentsContract } from "./payments.ts";

describe("the contract", () =>
  paymentsContract("the sandbox as a process of its own", async () => {
    const desk = await openService();
    return {
      provider: desk.client,
      tokens: {
        approve: "tok_approve",
        slow: "tok_slow",
        decline: "tok_decline",
        insufficientFunds: "tok_insufficient_funds",
        unknownThenApproved: "tok_timeout_then_approved",
        unknownThenDeclined: "tok_timeout_then_declined",
        requiresAction: "tok_requires_action",
      },
      passUntilSettled: () => void (desk.time.now += settleMs),
      clock: () => desk.time.now,
      act: async (paymentId, approve) => void (await desk.client.act(paymentId, approve)),
      async reopen() {
        await desk.restart();
        return desk.client;
      },
      dispose: () => desk.dispose(),
    };
  }));
