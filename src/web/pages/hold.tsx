// The check-out of a hold: what it costs, until when the seats are held, who buys and how it is paid.

import type { ComponentChildren } from "preact";
import type { FastifyReply, FastifyRequest } from "fastify";
import { newId, showingOfHold } from "../../domain/ids.ts";
import { Refusal, type RefusalCode } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import type { PricedHold } from "../../sales/sales.ts";
import { seeOther, sendPage } from "../answers.ts";
import { readCheckOut, refusedCheckOut } from "../check-out-input.ts";
import { CheckOutForm } from "../components/check-out-form.tsx";
import { CheckOutSummary } from "../components/check-out-summary.tsx";
import { Notice, PageHead } from "../components/frames.tsx";
import { HoldClock } from "../components/hold-clock.tsx";
import { formValues, freshForm, type FormState } from "../form-values.ts";
import { forgetHeldSeats } from "../held-seats.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { keepOrderKey } from "../order-key.ts";
import { keepPlacedOrder, placedOrderOf } from "../placed-order.ts";
import type { BuyingServices } from "../services.ts";
import { timeText, zoneText } from "../times.ts";
import { drawBought } from "./hold-bought.tsx";
import { drawHoldOver } from "./hold-over.tsx";

type Request = FastifyRequest<{ Params: { id: string } }>;

const holdOver: ReadonlySet<RefusalCode> = new Set<RefusalCode>(["hold_unknown", "hold_expired"]);
/** What leaves the seats with the buyer: the form comes back with the sentence. */
const formRefusals: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "invalid_request",
  "payment_declined",
  "payment_mismatch",
  "order_in_progress",
  "order_id_reused",
  "hold_in_payment",
  "sales_paused",
  "unavailable",
]);

/** `GET /holds/:id`, `POST /holds/:id/order`, `POST /holds/:id/release` */
export function registerHold(server: Server, services: BuyingServices): void {
  server.get("/holds/:id", (request: Request, reply) =>
    orOver(services, request, reply, async () => {
      const hold = await services.sales.holdById(request.params.id, await services.visitors.customer(request, reply));
      const who = await services.visitors.who(request);
      const form = freshForm(who ? { name: who.account.name, email: who.account.email } : {});
      return sendHold(services, request, reply, { hold, form });
    }),
  );
  server.post("/holds/:id/order", (request: Request, reply) =>
    orOver(services, request, reply, () => placeOrder(services, request, reply)),
  );
  // Whoever loads the form again, or changes the language after it was refused, comes back to the page.
  server.get("/holds/:id/order", (request: Request, reply) =>
    seeOther(reply, `/holds/${encodeURIComponent(request.params.id)}`),
  );
  server.post("/holds/:id/release", async (request: Request, reply) => {
    const showing = showingOfHold(request.params.id);
    try {
      await services.sales.release(request.params.id, await services.visitors.customer(request, reply));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !holdOver.has(refusal.code)) throw refusal;
    }
    forgetHeldSeats(services, reply, request.params.id);
    return reply.redirect(showing ? `/showings/${showing}` : "/", 303);
  });
}

async function placeOrder(services: BuyingServices, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const { id } = request.params;
  const values = formValues(request);
  const customer = await services.visitors.customer(request, reply);
  const read = readCheckOut(id, services.paymentProvider, values);
  if ("form" in read) {
    const hold = await services.sales.holdById(id, customer);
    return sendHold(services, request, reply, { hold, form: read.form, status: 400 });
  }
  try {
    const order = await services.sales.checkOut(read.input, customer);
    keepPlacedOrder(services, reply, id, order.id);
    if (order.secret !== undefined && order.accountId === undefined) {
      keepOrderKey(services, reply, order.id, order.secret);
    }
    forgetHeldSeats(services, reply, id);
    return seeOther(reply, `/orders/${order.id}`);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !formRefusals.has(refusal.code)) throw refusal;
    const hold = await services.sales.holdById(id, customer);
    const form = refusedCheckOut(values, refusal);
    const message = refusal.code === "payment_declined" ? stillHeld(services, hold, refusal) : form.message;
    // While its outcome is open an order keeps its id: asking again must not buy twice.
    const orderId = refusal.code === "order_in_progress" ? read.input.id : undefined;
    const again = { hold, form: message === undefined ? form : { ...form, message }, status: refusal.status };
    return sendHold(services, request, reply, { ...again, ...(orderId === undefined ? {} : { orderId }) });
  }
}

/** What was declined, and how long there is to pay in another way. */
function stillHeld(services: BuyingServices, hold: PricedHold, refusal: Refusal): string {
  const leftMs = hold.expiresAt - services.clock();
  const timeZone = timeZoneOf(services, hold);
  const until = `${timeText(hold.expiresAt, timeZone)} ${zoneText(hold.expiresAt, timeZone)}`;
  const sentence = t.checkout.declined(refusal.facts["reason"] === "insufficient_funds");
  return `${sentence} ${t.checkout.stillHeld(until, Math.max(1, Math.floor(leftMs / 60_000)))}`;
}

/** A hold that is over leads to the order that it became, or gets a page that leads back to its showing. */
async function orOver(
  services: BuyingServices,
  request: Request,
  reply: FastifyReply,
  act: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !holdOver.has(refusal.code)) throw refusal;
    const order = await placedOrderOf(services, request, reply);
    if (order) return sendPage(services, reply, drawBought(services, order));
    return sendPage(services, reply, await drawHoldOver(services, request, request.params.id), refusal.status);
  }
}

interface Answer {
  hold: PricedHold;
  form: FormState;
  status?: number;
  orderId?: string;
}

/** The page with the form; while an order pays for the hold, its order instead, or where that is another's, word of it. */
async function sendHold(
  services: BuyingServices,
  request: Request,
  reply: FastifyReply,
  { hold, form, status = 200, orderId = newId(services.random) }: Answer,
): Promise<FastifyReply> {
  if (hold.orderId !== undefined) {
    const order = await placedOrderOf(services, request, reply, hold.orderId);
    if (order) return seeOther(reply, `/orders/${encodeURIComponent(order.id)}`);
    return sendPage(services, reply, drawPaying(services, hold), status);
  }
  // Before anything is sent: should the answer be lost, this browser still knows the order.
  keepPlacedOrder(services, reply, hold.id, orderId);
  const who = await services.visitors.who(request);
  const policy = await services.cancelPolicies.of(hold.showing);
  const timeZone = timeZoneOf(services, hold);
  const paying = (
    <CheckOutForm
      {...{ hold, form, orderId, policy, timeZone }}
      account={who?.account}
      provider={services.paymentProvider}
      now={services.clock()}
    />
  );
  return sendPage(services, reply, drawHold(services, hold, paying), status);
}

function drawHold(services: BuyingServices, hold: PricedHold, form: ComponentChildren): PageOptions {
  const leftMs = Math.max(0, hold.expiresAt - services.clock());
  return {
    title: t.checkout.title,
    private: true,
    wide: true,
    task: true,
    islands: ["hold-clock", "check-out"],
    styles: ["check-out"],
    body: (
      <>
        <PageHead title={t.checkout.title} />
        <HoldClock hold={hold} timeZone={timeZoneOf(services, hold)} leftMs={leftMs} />
        <div class="check-out">
          <CheckOutSummary catalogue={services.catalogue} hold={hold} release />
          {form}
        </div>
      </>
    ),
  };
}

/** Somebody else who has the address is paying, in another browser: nothing to fill in. */
function drawPaying(services: BuyingServices, hold: PricedHold): PageOptions {
  return {
    title: t.checkout.title,
    private: true,
    styles: ["check-out"],
    refreshSeconds: 4,
    body: (
      <>
        <PageHead title={t.checkout.title} />
        <Notice kind="info" title={t.checkout.paying}>
          <p>{t.checkout.payingDetail}</p>
        </Notice>
        <CheckOutSummary catalogue={services.catalogue} hold={hold} release={false} />
      </>
    ),
  };
}

function timeZoneOf({ catalogue }: BuyingServices, { showing }: PricedHold): string {
  return catalogue.venue(showing.venueId)?.timeZone ?? "UTC";
}
