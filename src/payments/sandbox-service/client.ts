// The payment provider of a fleet, as its processes see it: asks the sandbox's process. Keeps nothing, so that killing a process of
// the fleet loses nothing; a provider that is away makes outcomes unknown, never wrong.

import type { ListedPayment, ListedRefund, PaymentState } from "../port.ts";
import type { SandboxProvider } from "../sandbox/sandbox.ts";
import { createAsker, type Answer, type AskSettings } from "./ask.ts";
import type { Acted } from "./wire.ts";

/** A client; connects when it is first asked something. */
export function openSandboxClient(settings: AskSettings): SandboxProvider {
  const asker = createAsker(settings);
  const of = (orderId: string) => `/payments/${encodeURIComponent(orderId)}`;
  const state = async (method: "GET" | "POST", path: string, body?: unknown) =>
    accepted(await asker.ask(method, path, body)) as PaymentState;
  const find = (orderId: string) => state("GET", of(orderId));
  async function* pages<Item>(list: string): AsyncIterable<Item> {
    const page = async (after: string) =>
      accepted(await asker.ask("GET", list + after)) as { items: readonly Item[]; next?: string };
    let coming = page("");
    for (;;) {
      const { items, next } = await coming;
      if (next !== undefined) {
        // The next page is on its way while this one is worked on; whoever stops in between does not miss it.
        coming = page(`&after=${next}`);
        coming.catch(() => undefined);
      }
      yield* items;
      if (next === undefined) return;
    }
  }

  return {
    name: "sandbox",
    authorise: (request) => state("POST", "/payments", request),
    find,
    capture: (orderId) => state("POST", `${of(orderId)}/capture`),
    cancel: (orderId) => state("POST", `${of(orderId)}/cancel`),
    async refund({ orderId, ...refund }) {
      accepted(await asker.ask("POST", `${of(orderId)}/refunds`, refund));
    },
    async *list(since, uncaptured = false): AsyncIterable<ListedPayment> {
      for await (const payment of pages<ListedPayment>(`/payments?since=${since}&uncaptured=${uncaptured}`))
        yield uncaptured ? { ...payment, state: await find(payment.orderId) } : payment;
    },
    refunds: (since) => pages<ListedRefund>(`/refunds?since=${since}`),
    async act(paymentId, approve) {
      const answer = await asker.ask("POST", `/actions/${encodeURIComponent(paymentId)}`, { approve });
      return answer.status === 404 ? undefined : (accepted(answer) as Acted);
    },
    close: () => Promise.resolve(asker.close()),
  };
}

/** What the provider says. Throws, as for a bug, what no repetition will change: a refund of too much, a wrong secret. */
function accepted({ status, body }: Answer): unknown {
  if (status === 200) return body;
  if (status === 401) throw new Error("The payment provider refuses MARQUEE_PAYMENTS_SECRET: it has another one.");
  const { message } = body as { message?: string };
  throw new Error(`The payment provider refused: ${message ?? status}`);
}
