// The sandbox as a process of its own: what its contract does not say, because it is about the way there.

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { describe, it } from "node:test";
import { PaymentUnknown } from "../../src/payments/port.ts";
import { openSandboxClient } from "../../src/payments/sandbox-service/client.ts";
import { paymentRequest, refundRequest } from "./payment-request.ts";
import { openService, secret } from "./service-setting.ts";

type Desk = Awaited<ReturnType<typeof openService>>;

const test = (sentence: string, run: (desk: Desk) => Promise<void>, change: { faults?: boolean } = {}) =>
  void it(sentence, async () => {
    const desk = await openService(change);
    try {
      await run(desk);
      deepEqual(desk.faulty, []);
    } finally {
      await desk.dispose();
    }
  });

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the way to the sandbox's process", () => {
  test("gives every process the same payments", async ({ client, connect }) => {
    const other = connect();
    await client.authorise(paymentRequest("one"));
    equal((await other.capture("one")).state, "captured");
    equal((await client.find("one")).state, "captured");
    await other.close();
  });

  test("answers nobody without the secret but a health check", async ({ url }) => {
    equal((await fetch(`${url}/healthz`)).status, 200);
    for (const authorization of ["", "Bearer", "Bearer wrong", `bearer${secret}`, `Basic ${secret}`]) {
      for (const [method, path] of [
        ["GET", "/payments/one"],
        ["GET", "/payments?since=0"],
        ["GET", "/refunds?since=0"],
        ["POST", "/payments"],
        ["POST", "/payments/one/refunds"],
        ["POST", "/actions/one"],
      ] as const) {
        equal((await fetch(url + path, { method, headers: { authorization } })).status, 401, `${method} ${path}`);
      }
    }
  });

  test("says so when the secret is another one, which no waiting mends", async ({ url }) => {
    const stranger = openSandboxClient({ url, secret: "another secret of theirs", timeoutMs: 30_000 });
    await rejects(stranger.find("one"), (error) => !(error instanceof PaymentUnknown) && /SECRET/.test(String(error)));
    await stranger.close();
  });

  test("refuses fields that it does not know, and amounts that are none", async ({ url }) => {
    const good = paymentRequest("one");
    for (const body of [
      { ...good, amountMinor: -1 },
      { ...good, amountMinor: 1.5 },
      { ...good, amountMinor: "2500" },
      { ...good, card: "4242" },
      { ...good, metadata: { ...good.metadata, journal: undefined } },
    ]) {
      const answer = await fetch(`${url}/payments`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      equal(answer.status, 400);
    }
  });

  test("carries any order id and an order of a thousand seats", async ({ client }) => {
    const id = "order/1?a=b&c#d %2F é";
    await client.authorise(paymentRequest(id, "tok_approve", JSON.stringify("é".repeat(130_000))));
    equal((await client.capture(id)).state, "captured");
    await client.refund(refundRequest(id, "r/1", 100));
    for await (const { metadata } of client.list(0)) equal(metadata.journal.length, 130_002);
  });

  test("lets the buyer decide, and tells where they go back to", async ({ client }) => {
    const state = await client.authorise(paymentRequest("one", "tok_requires_action"));
    deepEqual(state, {
      state: "requires_action",
      paymentId: "sandbox-one",
      actionUrl: "https://tickets.example.org/sandbox/actions/sandbox-one",
    });
    deepEqual(await client.act("sandbox-one", true), {
      orderId: "one",
      returnUrl: "https://tickets.example.org/orders/1?key=k",
    });
    equal((await client.find("one")).state, "authorised");
    equal(await client.act("sandbox-none", true), undefined);
  });

  test("lists page after page, each payment once, and ends with those there were", async ({ client, time }) => {
    const ids = Array.from({ length: 620 }, (_, index) => `order-${index}`);
    // Some at the same moment: a page may end between them.
    for (let first = 0; first < ids.length; first += 31) {
      time.now += 1;
      await Promise.all(ids.slice(first, first + 31).map((id) => client.authorise(paymentRequest(id))));
    }
    const listed = async (since: number, uncaptured: boolean) => {
      const found: string[] = [];
      for await (const { orderId } of client.list(since, uncaptured)) {
        if (found.length === 0) await client.authorise(paymentRequest(`late-${since}-${uncaptured}`));
        found.push(orderId);
      }
      return found;
    };
    deepEqual((await listed(0, false)).toSorted(), ids.toSorted());
    equal((await listed(time.now, false)).length, 31 + 1, "the last lot, and the late one of the list before");
    await Promise.all(ids.slice(0, 500).map((id) => client.capture(id)));
    equal((await listed(0, true)).length, 120 + 2);
  });

  test("lists refunds page after page, each once", async ({ client, time }) => {
    await client.authorise(paymentRequest("one"));
    await client.capture("one");
    const ids = Array.from({ length: 620 }, (_, index) => `refund-${index}`);
    for (let first = 0; first < ids.length; first += 31) {
      time.now += 1;
      await Promise.all(ids.slice(first, first + 31).map((id) => client.refund(refundRequest("one", id, 1))));
    }
    const listed: string[] = [];
    for await (const { refundId } of client.refunds(0)) {
      if (listed.length === 0) await client.refund(refundRequest("one", "late", 1));
      listed.push(refundId);
    }
    deepEqual(listed, ids);
  });
});

describe("a provider that cannot be asked", () => {
  test("leaves every outcome unknown while it is away", async (desk) => {
    await desk.client.authorise(paymentRequest("one"));
    await desk.stop();
    for (const call of [
      () => desk.client.find("one"),
      () => desk.client.authorise(paymentRequest("two")),
      () => desk.client.capture("one"),
      () => desk.client.cancel("one"),
      () => desk.client.refund(refundRequest("one", "r", 1)),
      () => desk.client.act("sandbox-one", true),
      async () => {
        for await (const payment of desk.client.list(0)) void payment;
      },
      async () => {
        for await (const refund of desk.client.refunds(0)) void refund;
      },
    ]) {
      await rejects(call(), PaymentUnknown);
    }
  });

  test("is asked again over a new connection when it was restarted in between", async (desk) => {
    await desk.client.authorise(paymentRequest("one"));
    await desk.restart();
    equal((await desk.client.capture("one")).state, "captured");
  });

  it("leaves the outcome unknown when it never answers", async () => {
    const silent = createServer();
    const client = openSandboxClient({ url: await listening(silent), secret, timeoutMs: 50 });
    await rejects(client.authorise(paymentRequest("one")), (error) => {
      match(String(error), /did not answer within 50 ms/);
      return error instanceof PaymentUnknown;
    });
    await client.close();
    silent.close();
  });

  it("leaves the outcome unknown when somebody else answers in its place", async () => {
    const html = "<h1>Bad gateway</h1>";
    for (const status of ["200 OK", "502 Bad Gateway"]) {
      const proxy = createServer((socket) =>
        socket.once("data", () => socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${html.length}\r\n\r\n${html}`)),
      );
      const client = openSandboxClient({ url: await listening(proxy), secret, timeoutMs: 30_000 });
      await rejects(client.find("one"), PaymentUnknown);
      await client.close();
      proxy.close();
    }
  });
});

describe("faults on command", () => {
  const faulty = { faults: true };

  test("are nobody's to command where they are not switched on", async (desk) => {
    await rejects(desk.misbehave({ fault: "outage" }), /404/);
  });

  test(
    "keep silent about a payment that was made",
    async ({ client, misbehave }) => {
      await misbehave({ fault: "timeout-done", calls: ["authorise"], ms: 0 });
      await rejects(client.authorise(paymentRequest("one")), PaymentUnknown);
      equal((await client.find("one")).state, "authorised");
    },
    faulty,
  );

  test(
    "keep silent about a payment that was not made",
    async ({ client, misbehave }) => {
      await misbehave({ fault: "timeout-undone", calls: ["authorise"], times: 1, ms: 0 });
      await rejects(client.authorise(paymentRequest("one")), PaymentUnknown);
      equal((await client.find("one")).state, "absent");
      equal((await client.authorise(paymentRequest("one"))).state, "authorised", "only once");
    },
    faulty,
  );

  test(
    "keep silent for longer than a client waits",
    async ({ client, connect, misbehave }) => {
      await misbehave({ fault: "timeout-done" });
      const hasty = connect(50);
      await rejects(hasty.authorise(paymentRequest("one")), PaymentUnknown);
      await misbehave();
      equal((await client.find("one")).state, "authorised");
      await hasty.close();
    },
    faulty,
  );

  test(
    "break the connection, and go when they are taken back",
    async ({ client, misbehave }) => {
      await misbehave({ fault: "outage" });
      await rejects(client.authorise(paymentRequest("one")), PaymentUnknown);
      await rejects(client.find("one"), PaymentUnknown);
      await misbehave();
      equal((await client.find("one")).state, "absent");
    },
    faulty,
  );

  test(
    "meet each so many-th call, each rule on its own",
    async ({ client, misbehave }) => {
      await misbehave(
        { fault: "timeout-done", calls: ["authorise"], every: 3, ms: 0 },
        { fault: "slow", calls: ["authorise"], ms: 1 },
      );
      const met: number[] = [];
      for (let order = 1; order <= 6; order += 1)
        await client.authorise(paymentRequest(`order-${order}`)).catch(() => met.push(order));
      deepEqual(met, [3, 6]);
      equal((await client.find("order-6")).state, "authorised");
    },
    faulty,
  );
});
