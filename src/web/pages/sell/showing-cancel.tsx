// Cancelling a showing: first what it comes to, then a typed word, and afterwards how far the refunds have come.

import type { FastifyReply } from "fastify";
import type { Server } from "../../../http/server.ts";
import { showingCancelledRefund } from "../../../sales/cancel-showing.ts";
import type { Cancellation } from "../../../store/cancellation.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage } from "../../components/fields.tsx";
import { Card, Facts, Notice } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { moneyText, numberText } from "../../numbers.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { readShowing, titleOf, trailTo } from "./showing-view.ts";

/** `GET /sell/:sellerId/showings/:showingId/cancel` and its form. */
export function registerShowingCancel(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/showings/:showingId/cancel", async (request, reply) => {
    const visit = await enter(services, request, "cancel");
    return draw(services, reply, visit, param(request, "showingId"), freshForm());
  });
  server.post("/sell/:sellerId/showings/:showingId/cancel", async (request, reply) => {
    const visit = await enter(services, request, "cancel");
    const id = param(request, "showingId");
    const values = formValues(request);
    const tried = await attempt(values, ["reason", "word"], async () => {
      const { orders } = await cancellationOf(services, visit, id);
      const typed = values.text("word", 40).toLocaleUpperCase(t.locale);
      if (orders > 0 && typed !== t.cancelShowing.word)
        throw new PageRefusal("invalid_request", t.cancelShowing.noWord(t.cancelShowing.word), { field: "word" });
      if (values.text("reason") === "")
        throw new PageRefusal("invalid_request", t.cancelShowing.noReason, { field: "reason" });
      return services.authoring.cancelShowing(visit.by, id, values.text("reason"));
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=cancelled`);
    return draw(services, reply, visit, id, tried.form, tried.status);
  });
}

export function cancellationOf({ reports }: SellerPageServices, { by }: Visit, id: string): Promise<Cancellation> {
  return reports.cancellation(by.sellerId, id, showingCancelledRefund);
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  id: string,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const view = await readShowing(services, visit.by.sellerId, id);
  const comes = await cancellationOf(services, visit, id);
  const sold = comes.orders > 0;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.oneShowing.cancelTitle,
      part: "/showings",
      trail: trailTo(visit, view),
      lead: titleOf(view),
      body: (
        <>
          <Card title={t.cancelShowing.happens}>
            {sold ? <Comes comes={comes} currency={visit.seller.currency} /> : <p>{t.oneShowing.nobody}</p>}
            <p>
              <strong>{t.oneShowing.forGood}</strong>
            </p>
          </Card>
          <form method="post" action={`${visit.base}/showings/${id}/cancel`} class="sell-form">
            <FormMessage form={form} />
            <Field
              form={form}
              name="reason"
              label={t.oneShowing.reason}
              hint={t.oneShowing.reasonHint}
              required
              maxLength={300}
            />
            {sold && (
              <Field
                form={form}
                name="word"
                label={t.cancelShowing.type(t.cancelShowing.word)}
                autoComplete="off"
                required
                maxLength={40}
              />
            )}
            <div class="actions">
              <Button kind="danger">{sold ? t.oneShowing.cancelAll : t.oneShowing.cancel}</Button>
              <ButtonLink kind="quiet" href={`${visit.base}/showings/${id}`}>
                {t.oneShowing.keep}
              </ButtonLink>
            </div>
          </form>
        </>
      ),
    },
    status,
  );
}

function Comes({ comes, currency }: { comes: Cancellation; currency: string }) {
  const { orders, tickets, amountMinor, buyers } = comes;
  return (
    <>
      <Facts
        items={[
          { name: t.cancelShowing.orders, value: numberText(orders) },
          { name: t.cancelShowing.tickets, value: numberText(tickets) },
          { name: t.cancelShowing.back, value: <strong>{moneyText(amountMinor, currency)}</strong> },
          { name: t.cancelShowing.mails, value: t.cancelShowing.buyers(buyers, numberText(buyers)) },
        ]}
      />
      <p>{t.cancelShowing.how}</p>
    </>
  );
}

/** How many orders of a cancelled showing are refunded; nothing if there were none. */
export function Refunds({ far }: { far: Cancellation }) {
  const [done, all] = [far.refunded - far.pending, far.orders + far.refunded];
  if (all === 0) return null;
  const text = t.cancelShowing.progress(numberText(done), numberText(all));
  return (
    <Notice kind={done === all ? "done" : "info"} title={text}>
      <progress class="refund-progress" max={all} value={done} aria-label={text} />
      {done < all && <p>{t.cancelShowing.goesOn}</p>}
    </Notice>
  );
}

/** Whether there is more to come, so that the page looks again. */
export const isUnderWay = ({ orders, pending }: Cancellation): boolean => orders + pending > 0;
