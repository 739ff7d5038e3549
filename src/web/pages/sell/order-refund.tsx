// Giving back some or all tickets of an order: what goes back is on the page before anything happens.

import type { FastifyReply } from "fastify";
import { newId } from "../../../domain/ids.ts";
import type { Server } from "../../../http/server.ts";
import type { OrderView } from "../../../sales/sales.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage } from "../../components/fields.tsx";
import { Card, Notice } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { listText, moneyText } from "../../numbers.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { admittedSeats } from "./admitted.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { aboutOrder, drawOrder, ownOrder } from "./order.tsx";

/** A refund's id is made with the form, so that sending the form twice refunds once. */
const refundIdPattern = /^[0-9a-z]{26}$/;
const mostSeats = 1_000;

/** `GET /sell/:sellerId/orders/:orderId/refund?seats=A-1&seats=A-2` or `?all=yes`, and its form. */
export function registerOrderRefund(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/orders/:orderId/refund", async (request, reply) => {
    const visit = await enter(services, request, "refund");
    const order = await ownOrder(services, visit, param(request, "orderId"));
    const query = queryValues(request);
    const all = query.text("all", 3) === "yes";
    const seats = all ? seatsOf(order) : query.all("seats").slice(0, mostSeats);
    // Nothing was ticked, which is done where the tickets are.
    if (seats.length === 0 && !all) return drawOrder(services, reply, visit, order.id, t.sellRefund.noSeats, 400);
    return draw(services, reply, visit, order, freshForm({ seats }));
  });
  server.post("/sell/:sellerId/orders/:orderId/refund", async (request, reply) => {
    const visit = await enter(services, request, "refund");
    const orderId = param(request, "orderId");
    const order = await ownOrder(services, visit, orderId);
    const values = formValues(request);
    const seats = values.all("seats").slice(0, mostSeats);
    const tried = await attempt(values, ["reason"], async () => {
      const [reason, refundId] = [values.text("reason", 300), values.text("refundId", 40)];
      if (seats.length === 0) throw new PageRefusal("invalid_request", t.sellRefund.noSeats);
      if (reason === "") throw new PageRefusal("invalid_request", t.sellRefund.noReason, { field: "reason" });
      if (!refundIdPattern.test(refundId)) throw new PageRefusal("invalid_request", t.sellRefund.again);
      const { sellerId, actor } = visit.by;
      return services.sales.refund({ orderId, sellerId, refundId, seats, reason, actor });
    });
    const here = `${visit.base}/orders/${orderId}`;
    if ("made" in tried) return seeOther(reply, `${here}?done=refunded`);
    if (tried.refusal.code === "refund_pending") {
      const good = new Set(seatsOf(await ownOrder(services, visit, orderId)));
      // The tickets are void, the money is on its way. Otherwise another refund goes first, and this form may be sent again.
      if (!seats.some((seat) => good.has(seat))) return seeOther(reply, `${here}?done=refundPending`);
    }
    return draw(services, reply, visit, order, tried.form, tried.status);
  });
}

/** Those that can still be given back. */
function seatsOf({ tickets }: OrderView): readonly string[] {
  return tickets.filter(({ status }) => status === "active").map(({ seat }) => seat);
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  order: OrderView,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const good = new Set(seatsOf(order));
  const chosen = new Set(form.values.all("seats").filter((seat) => good.has(seat)));
  const lines = order.lines.filter(({ seat }) => chosen.has(seat));
  const { tierName } = await aboutOrder(services, visit, order);
  const here = `${visit.base}/orders/${order.id}`;
  const asked = form.values.has("seats");
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.sellRefund.title,
      part: "/orders",
      styles: ["orders"],
      trail: [
        { href: `${visit.base}/orders`, text: t.sellOrders.title },
        { href: here, text: t.sellOrder.titleOf(order.buyer.name) },
      ],
      body:
        lines.length === 0 ? (
          <Notice kind="warning" title={asked ? t.sellRefund.notThese : t.sellRefund.noSeats}>
            <p>
              <a href={here}>{t.sellOrder.titleOf(order.buyer.name)}</a>
            </p>
          </Notice>
        ) : (
          <Preview
            {...{ services, order, lines, form, here, tierName }}
            admitted={[...chosen.intersection(await admittedSeats(services, visit, order.id))]}
          />
        ),
    },
    lines.length === 0 && status === 200 && asked ? 409 : status,
  );
}

function Preview(props: {
  services: SellerPageServices;
  order: OrderView;
  lines: OrderView["lines"];
  form: FormState;
  here: string;
  tierName(id: string): string;
  admitted: readonly string[];
}) {
  const { services, order, lines, form, here, tierName, admitted } = props;
  const money = (minor: number) => moneyText(minor, order.currency);
  const sum = money(lines.reduce((total, { totalMinor }) => total + totalMinor, 0));
  const given = form.values.text("refundId", 40);
  const refundId = refundIdPattern.test(given) ? given : newId(services.random);
  return (
    <Card title={t.sellRefund.sum(sum)}>
      <p>
        {t.sellRefund.effect(lines.length)} {t.sellRefund.feesToo}
      </p>
      {admitted.length > 0 && (
        <Notice kind="warning">
          <p>{t.sellRefund.admitted(listText(admitted), admitted.length === 1)}</p>
        </Notice>
      )}
      <ul class="order-tickets">
        {lines.map(({ seat, tier, faceMinor, feeMinor, taxMinor, totalMinor }) => (
          <li key={seat} class="order-ticket">
            <span class="order-ticket-seat">
              <strong>{seat}</strong> · {tierName(tier)}
              <span class="order-small">{t.sellRefund.parts(money(faceMinor), money(feeMinor), money(taxMinor))}</span>
            </span>
            <span class="order-money">{money(totalMinor)}</span>
          </li>
        ))}
      </ul>
      <form method="post" action={`${here}/refund`} class="sell-form order-refund">
        <FormMessage form={form} />
        <input type="hidden" name="refundId" value={refundId} />
        {lines.map(({ seat }) => (
          <input key={seat} type="hidden" name="seats" value={seat} />
        ))}
        <Field
          form={form}
          name="reason"
          label={t.sellRefund.reason}
          hint={t.sellRefund.reasonHint}
          required
          maxLength={300}
        />
        <div class="actions">
          <Button kind="danger">{t.sellRefund.go(sum)}</Button>
          <ButtonLink kind="quiet" href={here}>
            {t.sellRefund.keep}
          </ButtonLink>
        </div>
      </form>
    </Card>
  );
}
