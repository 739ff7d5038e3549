// The check-out of a hold: what it costs, until when the seats are held, who buys and how it is paid.

import type { FastifyReply, FastifyRequest } from "fastify";
import { newId, showingOfHold } from "../../domain/ids.ts";
import { Refusal, type RefusalCode } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import type { PricedHold } from "../../sales/sales.ts";
import { signInAddress } from "../addresses.ts";
import { sendPage } from "../answers.ts";
import { ActionForm, Button } from "../components/buttons.tsx";
import { Field, FormMessage, Radios } from "../components/fields.tsx";
import { Card, Notice, PageHead } from "../components/frames.tsx";
import { HoldClock } from "../components/hold-clock.tsx";
import { PriceLines } from "../components/price-lines.tsx";
import { ShowingSummary } from "../components/showing-summary.tsx";
import { formValues, freshForm, refusedForm, type FormState, type FormValues } from "../form-values.ts";
import { forgetHeldSeats } from "../held-seats.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { PageRefusal } from "../page-refusal.ts";
import { keepOrderKey } from "../order-key.ts";
import type { PageServices } from "../services.ts";
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
export function registerHold(server: Server, services: PageServices): void {
  server.get("/holds/:id", (request: Request, reply) =>
    orOver(services, request, reply, async () => {
      const hold = await services.sales.holdById(request.params.id, await services.visitors.customer(request, reply));
      const who = await services.visitors.who(request);
      const form = freshForm(who ? { name: who.account.name, email: who.account.email } : {});
      return sendPage(services, reply, drawHold(services, hold, form, who !== undefined));
    }),
  );
  server.post("/holds/:id/order", (request: Request, reply) =>
    orOver(services, request, reply, () => placeOrder(services, request, reply)),
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

async function placeOrder(services: PageServices, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const values = formValues(request);
  const customer = await services.visitors.customer(request, reply);
  try {
    const order = await services.sales.checkOut(orderInput(services, request.params.id, values), customer);
    if (order.secret !== undefined && order.accountId === undefined) {
      keepOrderKey(services, reply, order.id, order.secret);
    }
    forgetHeldSeats(services, reply, request.params.id);
    return reply.redirect(`/orders/${order.id}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !formRefusals.has(refusal.code)) throw refusal;
    const hold = await services.sales.holdById(request.params.id, customer);
    const form = refusedForm(values, refusal, ["name", "email", "token"]);
    // While its outcome is open an order keeps its id: asking again must not buy twice.
    const orderId = refusal.code === "order_in_progress" ? values.text("orderId", 64) : undefined;
    const signedIn = customer.accountId !== undefined;
    return sendPage(services, reply, drawHold(services, hold, form, signedIn, orderId), refusal.status);
  }
}

function orderInput(services: PageServices, holdId: string, values: FormValues) {
  const total = values.whole("total");
  const token = values.text("token", 200);
  const id = values.text("orderId", 64);
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(id)) throw new PageRefusal("invalid_request", t.checkout.again);
  if (values.text("name", 200) === "") throw new PageRefusal("invalid_request", t.checkout.noName, { field: "name" });
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(values.text("email", 254))) {
    throw new PageRefusal("invalid_request", t.checkout.noEmail, { field: "email" });
  }
  if (token === "") throw new PageRefusal("invalid_request", t.checkout.noMethod, { field: "token" });
  return {
    id,
    holdId,
    buyer: { name: values.text("name", 200), email: values.text("email", 254) },
    payment: { provider: services.paymentProvider, token },
    ...(total === undefined ? {} : { expectedTotalMinor: total }),
  };
}

/** A hold that is over gets a page that leads back to its showing. */
async function orOver(
  services: PageServices,
  request: Request,
  reply: FastifyReply,
  act: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !holdOver.has(refusal.code)) throw refusal;
    return sendPage(services, reply, await drawHoldOver(services, request, request.params.id), refusal.status);
  }
}

function drawHold(
  services: PageServices,
  hold: PricedHold,
  form: FormState,
  signedIn: boolean,
  orderId = newId(services.random),
): PageOptions {
  const { showing } = hold;
  const timeZone = services.catalogue.venue(showing.venueId)?.timeZone ?? "UTC";
  const leftMs = Math.max(0, hold.expiresAt - services.clock());
  return {
    title: t.checkout.title,
    private: true,
    wide: true,
    islands: ["hold-clock"],
    ...(hold.orderId ? { refreshSeconds: 4 } : {}),
    body: (
      <>
        <PageHead title={t.checkout.title} />
        {hold.orderId ? (
          <Notice kind="info" title={t.checkout.paying}>
            <p>{t.checkout.payingDetail}</p>
          </Notice>
        ) : (
          <HoldClock hold={hold} timeZone={timeZone} leftMs={leftMs} />
        )}
        <div class="columns">
          <div class="stack">
            <Card title={t.checkout.yourTickets}>
              <ShowingSummary
                catalogue={services.catalogue}
                showing={showing}
                showId={showing.showId}
                venueId={showing.venueId}
                startsAt={showing.startsAt}
              />
              <PriceLines lines={hold.lines} currency={hold.currency} totalMinor={hold.totalMinor} showing={showing} />
              {!hold.orderId && (
                <ActionForm action={`/holds/${hold.id}/release`} small>
                  {t.checkout.release}
                </ActionForm>
              )}
            </Card>
          </div>
          {!hold.orderId && <Payment {...{ services, hold, form, signedIn, orderId }} />}
        </div>
      </>
    ),
  };
}

function Payment(props: {
  services: PageServices;
  hold: PricedHold;
  form: FormState;
  signedIn: boolean;
  orderId: string;
}) {
  const { services, hold, form, signedIn, orderId } = props;
  const total = moneyText(hold.totalMinor, hold.currency);
  return (
    <Card title={t.checkout.pay}>
      {!signedIn && (
        <p>
          {t.checkout.guest} <a href={signInAddress(`/holds/${hold.id}`)}>{t.checkout.signIn}</a>
        </p>
      )}
      <form method="post" action={`/holds/${hold.id}/order`}>
        <FormMessage form={form} />
        <input type="hidden" name="orderId" value={orderId} />
        <input type="hidden" name="total" value={hold.totalMinor} />
        <Field form={form} name="name" label={t.checkout.name} autoComplete="name" maxLength={200} required />
        <Field
          form={form}
          name="email"
          label={t.checkout.email}
          hint={t.checkout.emailHint}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
        />
        {services.paymentProvider === "sandbox" ? (
          <Radios
            form={form}
            name="token"
            legend={t.checkout.method}
            value="tok_approve"
            options={Object.entries(t.checkout.sandbox).map(([value, texts]) => ({ value, ...texts }))}
          />
        ) : (
          <Field form={form} name="token" label={t.checkout.token} maxLength={200} required />
        )}
        <Button>{t.checkout.go(total)}</Button>
      </form>
    </Card>
  );
}
