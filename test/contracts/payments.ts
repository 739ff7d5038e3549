// The contract of payment providers, by which every back end is judged: what src/payments/port.ts promises, as sentences.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import {
  PaymentUnknown,
  type AuthoriseRequest,
  type PaymentProvider,
  type PaymentState,
} from "../../src/payments/port.ts";
import { refundRequest } from "../payments/payment-request.ts";

/** A provider over something that outlives it, and the tokens that make it answer in each way. */
export interface ProviderBackEnd {
  provider: PaymentProvider;
  tokens: {
    approve: string;
    slow: string;
    decline: string;
    insufficientFunds: string;
    /** No answer in time; the outcome can be found after `passUntilSettled`. */
    unknownThenApproved: string;
    unknownThenDeclined: string;
    requiresAction: string;
  };
  /** Time goes by until every open outcome is known. */
  passUntilSettled(): void;
  /** The provider's time, in ms since 1970. */
  clock(): number;
  /** What the buyer decides on the provider's page. */
  act(paymentId: string, approve: boolean): Promise<void>;
  /** As after a restart of the process; answers the provider. */
  reopen(): Promise<PaymentProvider>;
  dispose(): Promise<void>;
}

let made = 0;
const nextOrder = () => `order-${(made += 1)}-of-the-contract`;

/** As much as an order of 20 seats carries, with what JSON must escape. */
const journalOf = (orderId: string) =>
  JSON.stringify({ orderId, name: 'Zoë "O\'Hara" 東京', filler: "x".repeat(6_000) });

function request(token: string, orderId = nextOrder(), amountMinor = 2_500): AuthoriseRequest {
  const metadata = { orderId, showingId: "showing", places: [1, 2], epoch: 7, journal: journalOf(orderId) };
  return { orderId, amountMinor, currency: "USD", token, metadata, returnUrl: "http://localhost/back" };
}

const collected = async <Item>(items: AsyncIterable<Item>) => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** The name of a payment that has one. */
function idOf(state: PaymentState): string {
  ok("paymentId" in state, `a payment that is ${state.state} has no name`);
  return state.paymentId;
}

/** Judges a back end; `open` makes a new one without payments. */
export function paymentsContract(name: string, open: () => Promise<ProviderBackEnd>): void {
  const test = (sentence: string, run: (desk: ProviderBackEnd) => Promise<void>) =>
    it(sentence, async () => {
      const desk = await open();
      try {
        await run(desk);
      } finally {
        await desk.dispose();
      }
    });
  describe(`payments by ${name}`, () => {
    outcomes(test);
    unknown(test);
    keys(test);
    money(test);
    lists(test);
  });
}

type Test = (sentence: string, run: (desk: ProviderBackEnd) => Promise<void>) => unknown;

function outcomes(test: Test): void {
  test("reserves the money, then takes it", async ({ provider, tokens }) => {
    const asked = request(tokens.approve);
    const { orderId, amountMinor, currency } = asked;
    const authorised = await provider.authorise(asked);
    const paymentId = idOf(authorised);
    const { showingId } = asked.metadata;
    deepEqual(authorised, { state: "authorised", paymentId, amountMinor, currency, showingId });
    deepEqual(await provider.find(orderId), authorised);
    const captured = { state: "captured", paymentId, amountMinor, currency, refundedMinor: 0, showingId };
    deepEqual(await provider.capture(orderId), captured);
    deepEqual(await provider.find(orderId), captured);
  });

  test("says why it declines, and keeps to it", async ({ provider, tokens }) => {
    for (const [token, reason] of [
      [tokens.decline, "declined"],
      [tokens.insufficientFunds, "insufficient_funds"],
    ] as const) {
      const asked = request(token);
      deepEqual(await provider.authorise(asked), { state: "declined", reason });
      deepEqual(await provider.find(asked.orderId), { state: "declined", reason });
      deepEqual(await provider.capture(asked.orderId), { state: "declined", reason });
      deepEqual(await provider.cancel(asked.orderId), { state: "declined", reason });
    }
  });

  test("has never heard of an order that nobody asked for", async ({ provider }) => {
    deepEqual(await provider.find("no-order"), { state: "absent" });
    deepEqual(await provider.capture("no-order"), { state: "absent" });
  });

  test("waits for the buyer where an action is required", async ({ provider, tokens, act }) => {
    for (const approve of [true, false]) {
      const asked = request(tokens.requiresAction);
      const state = await provider.authorise(asked);
      equal(state.state, "requires_action");
      ok(state.state === "requires_action" && URL.canParse(state.actionUrl));
      deepEqual(await provider.find(asked.orderId), state);
      equal((await provider.capture(asked.orderId)).state, "requires_action", "nothing is taken before");
      await act(idOf(state), approve);
      equal((await provider.find(asked.orderId)).state, approve ? "authorised" : "declined");
      await act(idOf(state), !approve);
      equal((await provider.find(asked.orderId)).state, approve ? "authorised" : "declined", "decided once");
    }
  });
}

function unknown(test: Test): void {
  test("does not say in time what became of a payment, and tells later", async (desk) => {
    const { provider, tokens } = desk;
    for (const [token, state] of [
      [tokens.unknownThenApproved, "authorised"],
      [tokens.unknownThenDeclined, "declined"],
    ] as const) {
      const asked = request(token);
      await rejects(provider.authorise(asked), PaymentUnknown);
      equal((await provider.find(asked.orderId)).state, "pending");
      await rejects(provider.authorise(asked), PaymentUnknown, "the same key again is the same payment");
      equal((await provider.capture(asked.orderId)).state, "pending");
      desk.passUntilSettled();
      equal((await provider.find(asked.orderId)).state, state);
      equal((await provider.authorise(asked)).state, state);
    }
  });

  test("lets no payment succeed after its cancellation, whichever way it was under way", async (desk) => {
    const { provider, tokens, act } = desk;
    const open = request(tokens.unknownThenApproved);
    await rejects(provider.authorise(open), PaymentUnknown);
    equal((await provider.cancel(open.orderId)).state, "cancelled");
    desk.passUntilSettled();
    equal((await provider.find(open.orderId)).state, "cancelled");
    const acting = request(tokens.requiresAction);
    const state = await provider.authorise(acting);
    await provider.cancel(acting.orderId);
    await act(idOf(state), true);
    equal((await provider.find(acting.orderId)).state, "cancelled");
    const late = request(tokens.approve);
    equal((await provider.cancel(late.orderId)).state, "cancelled", "before it was ever asked for");
    equal((await provider.authorise(late)).state, "cancelled");
    equal((await provider.capture(late.orderId)).state, "cancelled");
  });

  test("never says that a payment is through which was cancelled at the same moment", async ({ provider, tokens }) => {
    for (const token of [tokens.slow, tokens.approve]) {
      const asked = request(token);
      const [authorised, cancelled] = await Promise.all([provider.authorise(asked), provider.cancel(asked.orderId)]);
      equal(cancelled.state, "cancelled");
      equal(authorised.state, "cancelled");
      equal((await provider.find(asked.orderId)).state, "cancelled");
    }
  });
}

function keys(test: Test): void {
  test("makes one payment of an order however often it is asked", async ({ provider, tokens }) => {
    for (const token of [tokens.approve, tokens.slow]) {
      const asked = request(token);
      const twins = await Promise.all([provider.authorise(asked), provider.authorise(asked)]);
      const again = await provider.authorise({ ...asked, token: tokens.decline });
      deepEqual(new Set([...twins, again].map(idOf)).size, 1);
      ok([...twins, again].every(({ state }) => state === "authorised"));
    }
    equal((await collected(provider.list(0))).length, 2);
  });

  test("takes the money once, also when asked twice or after a refund", async ({ provider, tokens }) => {
    const asked = request(tokens.approve);
    await provider.authorise(asked);
    const [first, twin] = await Promise.all([provider.capture(asked.orderId), provider.capture(asked.orderId)]);
    deepEqual(twin, first);
    await provider.refund(refundRequest(asked.orderId, "r", 500));
    deepEqual(await provider.capture(asked.orderId), { ...first, refundedMinor: 500 });
    deepEqual(await provider.authorise(asked), { ...first, refundedMinor: 500 });
    equal((await provider.cancel(asked.orderId)).state, "captured", "what is taken stays taken");
  });
}

function money(test: Test): void {
  test("gives money back once per refund, and never more than it took", async ({ provider, tokens }) => {
    const asked = request(tokens.approve);
    const { orderId } = asked;
    await provider.authorise(asked);
    await rejects(provider.refund(refundRequest(orderId, "early", 1)), "nothing is captured yet");
    await provider.capture(orderId);
    await Promise.all([
      provider.refund(refundRequest(orderId, "r1", 1_000)),
      provider.refund(refundRequest(orderId, "r1", 1_000)),
    ]);
    await provider.refund(refundRequest(orderId, "r1", 1_000));
    const refunded = async () => {
      const state = await provider.find(orderId);
      return state.state === "captured" ? state.refundedMinor : undefined;
    };
    equal(await refunded(), 1_000);
    await rejects(provider.refund(refundRequest(orderId, "r2", 1_501)));
    equal(await refunded(), 1_000);
    await provider.refund(refundRequest(orderId, "r3", 1_500));
    equal(await refunded(), 2_500);
    await rejects(provider.refund(refundRequest("no-order", "r", 1)));
  });

  test("keeps its books over a restart of ours", async (desk) => {
    const { tokens } = desk;
    const sold = request(tokens.approve);
    const open = request(tokens.unknownThenApproved);
    await desk.provider.authorise(sold);
    const captured = await desk.provider.capture(sold.orderId);
    await desk.provider.refund(refundRequest(sold.orderId, "r", 700));
    await rejects(desk.provider.authorise(open), PaymentUnknown);
    const provider = await desk.reopen();
    deepEqual(await provider.find(sold.orderId), { ...captured, refundedMinor: 700 });
    await provider.refund(refundRequest(sold.orderId, "r", 700));
    deepEqual(await provider.find(sold.orderId), { ...captured, refundedMinor: 700 });
    desk.passUntilSettled();
    equal((await provider.find(open.orderId)).state, "authorised");
  });
}

function lists(test: Test): void {
  test("lists payments with what they carry, oldest first, all or those not captured", async (desk) => {
    const { provider, tokens } = desk;
    const first = request(tokens.approve);
    await provider.authorise(first);
    desk.passUntilSettled();
    const second = request(tokens.approve);
    await provider.authorise(second);
    await provider.capture(first.orderId);
    const declined = request(tokens.decline);
    await provider.authorise(declined);
    const all = await collected(provider.list(0));
    deepEqual(
      all.map(({ orderId, state }) => [orderId, state.state]),
      [
        [first.orderId, "captured"],
        [second.orderId, "authorised"],
        [declined.orderId, "declined"],
      ],
    );
    deepEqual(all[0]?.metadata, first.metadata);
    deepEqual(
      (await collected(provider.list(0, true))).map(({ orderId }) => orderId),
      [second.orderId],
    );
  });

  test("tells of each listed payment how it stands when its turn comes", async (desk) => {
    const { provider, tokens } = desk;
    const first = request(tokens.approve);
    const second = request(tokens.unknownThenApproved);
    await provider.authorise(first);
    await rejects(provider.authorise(second), PaymentUnknown);
    desk.passUntilSettled();
    const seen: string[] = [];
    for await (const { state } of provider.list(0, true)) {
      seen.push(state.state);
      if (seen.length > 1) continue;
      // While the first is worked on, the second is settled, taken and partly given back by somebody else.
      await provider.find(second.orderId);
      await provider.capture(second.orderId);
      await provider.refund(refundRequest(second.orderId, "r", 100));
    }
    deepEqual(seen, ["authorised", "captured"]);
    const state = await provider.find(second.orderId);
    deepEqual([state.state, state.state === "captured" && state.refundedMinor], ["captured", 100]);
  });

  test("lists refunds with what they carry, oldest first, of payments however old, each once", async (desk) => {
    const { tokens } = desk;
    const capture = async (asked: AuthoriseRequest) => {
      await desk.provider.authorise(asked);
      return idOf(await desk.provider.capture(asked.orderId));
    };
    const [first, second] = [request(tokens.approve), request(tokens.approve)];
    const paymentIds = [await capture(first), await capture(second)];
    const refunds = [
      refundRequest(second.orderId, "r1", 500, journalOf("places")),
      refundRequest(first.orderId, "r1", 1_000),
      refundRequest(second.orderId, "r2", 300),
    ];
    for (const refund of refunds) {
      desk.passUntilSettled();
      await desk.provider.refund(refund);
      await desk.provider.refund({ ...refund, journal: "another" });
    }
    await rejects(desk.provider.refund(refundRequest(first.orderId, "r3", 2_000)));
    const told = refunds.map((refund) => ({
      ...refund,
      paymentId: paymentIds[refund.orderId === first.orderId ? 0 : 1],
    }));
    deepEqual(await collected(desk.provider.refunds(0)), told);
    deepEqual(await collected((await desk.reopen()).refunds(0)), told);
  });

  test("lists refunds since an instant", async ({ provider, tokens, passUntilSettled, clock }) => {
    const asked = request(tokens.approve);
    await provider.authorise(asked);
    await provider.capture(asked.orderId);
    await provider.refund(refundRequest(asked.orderId, "before", 100));
    passUntilSettled();
    await provider.refund(refundRequest(asked.orderId, "then", 100));
    deepEqual(
      (await collected(provider.refunds(clock()))).map(({ refundId }) => refundId),
      ["then"],
    );
    deepEqual(await collected(provider.refunds(clock() + 1)), []);
  });
}
