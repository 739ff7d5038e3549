// `marquee sandbox`, as a real process.

import { deepEqual, equal, match } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { describe, it, type TestContext } from "node:test";
import { openSandboxClient } from "../../src/payments/sandbox-service/client.ts";
import { marquee, start, temporaryFolder } from "../cli/marquee.ts";
import { paymentRequest } from "./payment-request.ts";
import { secret } from "./service-setting.ts";

/** Starts it on a free port; settles when it answers. */
async function started(t: TestContext, folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = start(["sandbox", "--port", "0", "--data", folder], { MARQUEE_PAYMENTS_SECRET: secret });
  t.after(() => child.kill("SIGKILL"));
  let said = "";
  for (;;) {
    const [text] = (await once(child.stdout ?? child, "data")) as [Buffer];
    said += text.toString();
    const [, url] = /answers at (http:\S+)\n/.exec(said) ?? [];
    if (url !== undefined) return { child, url };
  }
}

describe("marquee sandbox", () => {
  it("does not start without a secret, unless for a demo on this machine", async (t) => {
    const folder = temporaryFolder(t);
    const open = await marquee(["sandbox", "--data", folder]);
    deepEqual([open.code, open.stdout], [78, ""]);
    match(open.stderr, /MARQUEE_PAYMENTS_SECRET is not set/);
    const reachable = await marquee(["sandbox", "--demo", "--host", "0.0.0.0", "--data", folder]);
    equal(reachable.code, 78);
    match(reachable.stderr, /Others can reach 0\.0\.0\.0/);
  });

  it("forgets nothing that it said when it is killed at once", async (t) => {
    const folder = temporaryFolder(t);
    const first = await started(t, folder);
    const client = openSandboxClient({ url: first.url, secret, timeoutMs: 30_000 });
    const told = new Map<string, string>();
    // Killed in the middle of many payments: those it had answered for must be there.
    const orders = Array.from({ length: 300 }, (_, index) => `order-${index}`);
    await Promise.all(
      orders.map(async (order) => {
        const state = await client
          .authorise(paymentRequest(order))
          .then(
            () => client.capture(order),
            () => undefined,
          )
          .catch(() => undefined);
        if (state) told.set(order, state.state);
        if (told.size === 100) first.child.kill("SIGKILL");
      }),
    );
    await client.close();
    const second = await started(t, folder);
    const again = openSandboxClient({ url: second.url, secret, timeoutMs: 30_000 });
    for (const [order, state] of told) equal((await again.find(order)).state, state);
    const journals = new Set<string>();
    for await (const { orderId, metadata } of again.list(0)) {
      equal(metadata.journal, paymentRequest(orderId).metadata.journal);
      journals.add(orderId);
    }
    deepEqual(
      [...told.keys()].filter((order) => !journals.has(order)),
      [],
    );
    await again.close();
    second.child.kill("SIGTERM");
    const [code] = (await once(second.child, "exit")) as [number];
    equal(code, 0);
  });
});
