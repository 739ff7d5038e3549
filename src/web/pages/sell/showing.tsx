// One showing: its figures, other prices or another time, publishing and cancelling.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnShow, OwnShowing, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import { formatMoney } from "../../../domain/money.ts";
import type { PriceList } from "../../../domain/pricing.ts";
import type { Server } from "../../../http/server.ts";
import type { Totals } from "../../../store/seller-reports.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ActionForm, Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import { Badge, Card, Facts, Figures, Notice } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { momentText, zoneText } from "../../times.ts";
import { enter, fullness, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { describePrices } from "./prices.tsx";
import { showingTones } from "./showings.tsx";

/** A showing with all that its pages say about it. */
export interface ShowingView {
  showing: OwnShowing;
  show: OwnShow;
  venue: OwnVenue;
  auditorium: OwnAuditorium;
  prices: PriceList;
  totals: Totals;
}

export async function readShowing({ authoring, reports }: SellerPageServices, sellerId: string, id: string) {
  const showing = await authoring.showing(sellerId, id);
  return {
    showing,
    show: await authoring.show(sellerId, showing.showId),
    venue: await authoring.venue(sellerId, showing.venueId),
    auditorium: await authoring.auditorium(sellerId, showing.auditoriumId),
    prices: await authoring.priceList(sellerId, showing.priceListId),
    totals: await reports.ofShowing(sellerId, id),
  } satisfies ShowingView;
}

/** `19:30`: the time on the venue's clock, as a time field wants it. */
function clockTime(at: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainTime();
  return time.toString({ smallestUnit: "minute" });
}

const fields = ["priceListId", "time", "reason"];

/** `GET /sell/:sellerId/showings/:showingId`, `…/cancel`, and the forms on them. */
export function registerShowing(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/showings/:showingId", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return drawOne(services, reply, visit, param(request, "showingId"));
  });
  server.post("/sell/:sellerId/showings/:showingId", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const id = param(request, "showingId");
    const values = formValues(request);
    const view = await readShowing(services, visit.by.sellerId, id);
    const [priceListId, time] = [values.text("priceListId", 60), values.text("time", 5)];
    const same = time === clockTime(view.showing.startsAt, view.venue.timeZone);
    const change = {
      ...(priceListId === view.showing.priceListId ? {} : { priceListId }),
      ...(same ? {} : { time }),
    };
    const tried = await attempt(values, fields, () => authoring.changeShowing(visit.by, id, change));
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=saved`);
    return drawOne(services, reply, visit, id, tried.form, tried.status);
  });
  server.post("/sell/:sellerId/showings/:showingId/publish", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const id = param(request, "showingId");
    const tried = await attempt(formValues(request), fields, () => authoring.publishShowings(visit.by, [id]));
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=published`);
    return drawOne(services, reply, visit, id, { ...freshForm(), message: tried.refusal.message }, tried.status);
  });
  server.get("/sell/:sellerId/showings/:showingId/cancel", async (request, reply) => {
    const visit = await enter(services, request, "cancel");
    return drawCancel(services, reply, visit, param(request, "showingId"), freshForm());
  });
  server.post("/sell/:sellerId/showings/:showingId/cancel", async (request, reply) => {
    const visit = await enter(services, request, "cancel");
    const id = param(request, "showingId");
    const values = formValues(request);
    const tried = await attempt(values, fields, () => authoring.cancelShowing(visit.by, id, values.text("reason")));
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=cancelled`);
    return drawCancel(services, reply, visit, id, tried.form, tried.status);
  });
}

export function titleOf({ show, showing, venue }: ShowingView): string {
  return `${show.title}, ${momentText(showing.startsAt, venue.timeZone)}`;
}

export function trailTo(visit: Visit, view?: ShowingView) {
  return [
    { href: `${visit.base}/showings`, text: "Showings" },
    ...(view ? [{ href: `${visit.base}/showings/${view.showing.id}`, text: titleOf(view) }] : []),
  ];
}

async function drawOne(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  id: string,
  form?: FormState,
  status = 200,
): Promise<FastifyReply> {
  const view = await readShowing(services, visit.by.sellerId, id);
  const lists = await services.authoring.priceLists(visit.by.sellerId);
  const { showing, venue } = view;
  const usual = freshForm({ priceListId: showing.priceListId, time: clockTime(showing.startsAt, venue.timeZone) });
  const here = `${visit.base}/showings/${id}`;
  const live = showing.status === "published" && showing.endsAt > services.clock();
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: titleOf(view),
      part: "/showings",
      trail: trailTo(visit),
      actions: (
        <>
          <Badge tone={showingTones[showing.status]}>{showing.status}</Badge>
          {showing.status === "draft" && visit.can("schedule") && (
            <ActionForm action={`${here}/publish`} kind="main">
              Publish
            </ActionForm>
          )}
          {live && visit.can("schedule") && (
            <ButtonLink kind="quiet" href={`${here}/blocks`}>
              Block seats
            </ButtonLink>
          )}
          {(live || showing.status === "draft") && visit.can("cancel") && (
            <ButtonLink kind="danger" href={`${here}/cancel`}>
              Cancel showing
            </ButtonLink>
          )}
        </>
      ),
      body: (
        <>
          <Sold visit={visit} view={view} />
          <div class="sell-columns">
            <About view={view} visit={visit} />
            {showing.status !== "cancelled" && visit.can("schedule") && (
              <Card title="Change">
                <p class="hint">As long as nothing is held or sold.</p>
                <ChangeForm form={form ?? usual} action={here} lists={lists} />
              </Card>
            )}
          </div>
        </>
      ),
    },
    status,
  );
}

function Sold({ visit, view: { totals, showing } }: { visit: Visit; view: ShowingView }) {
  if (showing.status === "draft") return null;
  const money = (minor: number) => formatMoney(minor, visit.seller.currency);
  return (
    <Figures
      items={[
        {
          name: "Sold",
          value: totals.tickets.toLocaleString("en-US"),
          note: fullness(totals.tickets, showing.placeCount),
        },
        { name: "Orders", value: totals.orders.toLocaleString("en-US") },
        { name: "Gross", value: money(totals.grossMinor) },
        { name: "Refunded", value: money(totals.refundedMinor) },
        { name: "Net", value: money(totals.grossMinor - totals.refundedMinor) },
      ]}
    />
  );
}

function About({ visit, view }: { visit: Visit; view: ShowingView }) {
  const { showing, show, venue, auditorium, prices } = view;
  const { id } = showing;
  return (
    <Card title="About this showing">
      <Facts
        items={[
          {
            name: "Show",
            value: visit.can("list") ? <a href={`${visit.base}/shows/${show.id}`}>{show.title}</a> : show.title,
          },
          { name: "Where", value: `${venue.name}, ${auditorium.name}` },
          {
            name: "Begins",
            value: `${momentText(showing.startsAt, venue.timeZone)} ${zoneText(showing.startsAt, venue.timeZone)}`,
          },
          { name: "Ends", value: momentText(showing.endsAt, venue.timeZone) },
          { name: "Prices", value: describePrices(prices) },
          { name: "Places", value: showing.placeCount.toLocaleString("en-US") },
        ]}
      />
      {showing.status !== "draft" && (
        <p>
          <a href={`${visit.base}/orders?showing=${id}`}>Its orders</a>
          {showing.status === "published" && (
            <>
              {" "}
              · <a href={`/showings/${id}`}>As buyers see it</a>
            </>
          )}
        </p>
      )}
    </Card>
  );
}

function ChangeForm({ form, action, lists }: { form: FormState; action: string; lists: readonly PriceList[] }) {
  return (
    <form method="post" action={action}>
      <FormMessage form={form} />
      <Field form={form} name="time" label="Time on this day" type="time" required />
      <Select
        form={form}
        name="priceListId"
        label="Prices"
        options={lists.map((list) => ({ value: list.id, text: describePrices(list) }))}
      />
      <Button kind="quiet">Save</Button>
    </form>
  );
}

async function drawCancel(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  id: string,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const view = await readShowing(services, visit.by.sellerId, id);
  const { totals } = view;
  const back = formatMoney(totals.grossMinor - totals.refundedMinor, visit.seller.currency);
  const { orders, tickets } = totals;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: "Cancel this showing?",
      part: "/showings",
      trail: trailTo(visit, view),
      body: (
        <>
          <Notice kind="warning" title={titleOf(view)}>
            <p>
              {orders === 0
                ? "Nothing has been sold, so nobody is refunded."
                : `${orders.toLocaleString("en-US")} ${orders === 1 ? "order" : "orders"} with ${tickets.toLocaleString("en-US")} ${tickets === 1 ? "ticket" : "tickets"} will be refunded: ${back} in all.`}{" "}
              This cannot be taken back.
            </p>
          </Notice>
          <form method="post" action={`${visit.base}/showings/${id}/cancel`} class="sell-form">
            <FormMessage form={form} />
            <Field
              form={form}
              name="reason"
              label="Reason"
              hint="Buyers read it in their mail"
              required
              maxLength={300}
            />
            <div class="actions">
              <Button kind="danger">Cancel showing{orders > 0 ? " and refund all orders" : ""}</Button>
              <ButtonLink kind="quiet" href={`${visit.base}/showings/${id}`}>
                Keep it
              </ButtonLink>
            </div>
          </form>
        </>
      ),
    },
    status,
  );
}
