// One showing: its figures, other prices or another time, publishing, and how far its refunds have come.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnShowing } from "../../../catalogue/authoring/authoring.ts";
import type { PriceList } from "../../../domain/pricing.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ActionForm, Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import { Badge, Card, Facts, Figures } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { withQuery } from "../../addresses.ts";
import { t } from "../../messages.ts";
import { moneyText, numberText } from "../../numbers.ts";
import { clockOf, dayOf, momentText, zoneText } from "../../times.ts";
import { enter, fullness, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { describePrices } from "./prices.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";
import { readShowing, titleOf, trailTo, type ShowingView } from "./showing-view.ts";
import { cancellationOf, isUnderWay, Refunds } from "./showing-cancel.tsx";
import { showingTones } from "./showings.tsx";

const fields = ["priceListId", "time", "auditoriumId"];

/** `GET /sell/:sellerId/showings/:showingId` and the forms on it. */
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
    const auditoriumId = values.text("auditoriumId", 60) || view.showing.auditoriumId;
    const same = time === clockOf(view.showing.startsAt, view.venue.timeZone);
    const change = {
      ...(priceListId === view.showing.priceListId ? {} : { priceListId }),
      ...(same ? {} : { time }),
      ...(auditoriumId === view.showing.auditoriumId ? {} : { auditoriumId }),
    };
    const tried = await attempt(values, fields, () => authoring.changeShowing(visit.by, id, change));
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=saved`);
    return drawOne(services, reply, visit, id, tried);
  });
  server.post("/sell/:sellerId/showings/:showingId/publish", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const id = param(request, "showingId");
    const tried = await attempt(formValues(request), fields, () => authoring.publishShowings(visit.by, [id]));
    if ("made" in tried) return seeOther(reply, `${visit.base}/showings/${id}?done=published`);
    return drawOne(services, reply, visit, id, { refusal: tried.refusal });
  });
}

async function drawOne(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  id: string,
  refused: { form?: FormState; refusal?: Refusal } = {},
): Promise<FastifyReply> {
  const { form, refusal } = refused;
  const view = await readShowing(services, visit.by.sellerId, id);
  const { showing, venue } = view;
  const [lists, rooms] = await Promise.all([
    services.authoring.priceLists(visit.by.sellerId),
    services.authoring.auditoriums(visit.by.sellerId, venue.id),
  ]);
  const usual = usualForm(view);
  const here = `${visit.base}/showings/${id}`;
  const far = showing.status === "cancelled" ? await cancellationOf(services, visit, id) : undefined;
  const { inUse, blocked } = await countsOf(services, id);
  const live = showing.status === "published" && showing.endsAt > services.clock();
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: titleOf(view),
      part: "/showings",
      trail: trailTo(visit),
      actions: <Actions visit={visit} showing={showing} isLive={live} />,
      ...(far && isUnderWay(far) ? { refreshSeconds: 3 } : {}),
      body: (
        <>
          {refusal && !form && <RefusalNotice base={visit.base} refusal={refusal} />}
          {far && <Refunds far={far} />}
          <Sold visit={visit} view={view} />
          <div class="sell-columns">
            <About view={view} visit={visit} blocked={blocked} />
            {showing.status !== "cancelled" && visit.can("schedule") && (
              <Card title={t.oneShowing.change}>
                {inUse && !form ? (
                  <p>{t.oneShowing.inUse}</p>
                ) : (
                  <ChangeForm form={form ?? usual} action={here} lists={lists} rooms={rooms} showing={showing} />
                )}
              </Card>
            )}
          </div>
        </>
      ),
    },
    refusal?.status,
  );
}

/** What can be done with a showing as it is. */
function Actions({ visit, showing, isLive }: { visit: Visit; showing: OwnShowing; isLive: boolean }) {
  const here = `${visit.base}/showings/${showing.id}`;
  return (
    <>
      <Badge tone={showingTones[showing.status]}>{t.programme.statuses[showing.status]}</Badge>
      {showing.status === "draft" && visit.can("schedule") && (
        <ActionForm action={`${here}/publish`} kind="main">
          {t.oneShowing.publish}
        </ActionForm>
      )}
      {isLive && visit.can("schedule") && (
        <ButtonLink kind="quiet" href={`${here}/blocks`}>
          {t.oneShowing.block}
        </ButtonLink>
      )}
      {(isLive || showing.status === "draft") && visit.can("cancel") && (
        <ButtonLink kind="danger" href={`${here}/cancel`}>
          {t.oneShowing.cancel}
        </ButtonLink>
      )}
    </>
  );
}

function Sold({ visit, view: { totals, showing } }: { visit: Visit; view: ShowingView }) {
  if (showing.status === "draft") return null;
  const money = (minor: number) => moneyText(minor, visit.seller.currency);
  return (
    <Figures
      items={[
        {
          name: t.oneShowing.sold,
          value: numberText(totals.tickets),
          note: fullness(totals.tickets, showing.placeCount),
        },
        { name: t.oneShowing.orders, value: numberText(totals.orders) },
        { name: t.oneShowing.gross, value: money(totals.grossMinor) },
        { name: t.oneShowing.refunded, value: money(totals.refundedMinor) },
        { name: t.oneShowing.net, value: money(totals.grossMinor - totals.refundedMinor) },
      ]}
    />
  );
}

function About({ visit, view, blocked }: { visit: Visit; view: ShowingView; blocked: number }) {
  const { showing, show, venue, auditorium, prices } = view;
  const { id } = showing;
  return (
    <Card title={t.oneShowing.about}>
      <Facts
        items={[
          {
            name: t.oneShowing.show,
            value: visit.can("list") ? <a href={`${visit.base}/shows/${show.id}`}>{show.title}</a> : show.title,
          },
          { name: t.oneShowing.where, value: `${venue.name}, ${auditorium.name}` },
          {
            name: t.oneShowing.begins,
            value: `${momentText(showing.startsAt, venue.timeZone)} ${zoneText(showing.startsAt, venue.timeZone)}`,
          },
          { name: t.oneShowing.ends, value: momentText(showing.endsAt, venue.timeZone) },
          { name: t.oneShowing.prices, value: describePrices(prices) },
          {
            name: t.oneShowing.places,
            value:
              blocked === 0
                ? numberText(showing.placeCount)
                : t.oneShowing.offSale(numberText(showing.placeCount), numberText(blocked)),
          },
        ]}
      />
      <p class="actions">
        <a
          href={withQuery(`${visit.base}/showings`, { venue: venue.id, date: dayOf(showing.startsAt, venue.timeZone) })}
        >
          {t.oneShowing.onGrid}
        </a>
        {showing.status !== "draft" && <a href={`${visit.base}/orders?showing=${id}`}>{t.oneShowing.itsOrders}</a>}
        {showing.status === "published" && visit.can("scan") && (
          <a href={withQuery(`${visit.base}/scan`, { showing: id })}>{t.oneShowing.door}</a>
        )}
        {showing.status === "published" && <a href={`/showings/${id}`}>{t.oneShowing.asBuyers}</a>}
        {showing.status !== "cancelled" && visit.can("schedule") && (
          <a href={withQuery(`${visit.base}/prices/copy`, { showing: id })}>{t.oneShowing.copyPrices}</a>
        )}
      </p>
    </Card>
  );
}

/** The showing as it is, to be changed. */
function usualForm({ showing: { priceListId, auditoriumId, startsAt }, venue }: ShowingView): FormState {
  return freshForm({ priceListId, auditoriumId, time: clockOf(startsAt, venue.timeZone) });
}

/** How many places were taken off sale, and whether one is held, in payment or sold: then everything about the showing has to stay. */
async function countsOf({ catalogue, sales }: SellerPageServices, id: string) {
  const showing = await catalogue.showing(id);
  const { sections } = showing ? await sales.availability(showing) : { sections: [] };
  return {
    inUse: sections.some(({ held, paying, sold }) => held + paying + sold > 0),
    blocked: sections.reduce((sum, section) => sum + section.blocked, 0),
  };
}

function ChangeForm(props: {
  form: FormState;
  action: string;
  lists: readonly PriceList[];
  rooms: readonly OwnAuditorium[];
  showing: OwnShowing;
}) {
  const { form, action, lists, rooms, showing } = props;
  return (
    <form method="post" action={action}>
      <p class="hint">{t.oneShowing.whileFree}</p>
      <FormMessage form={form} />
      <Field form={form} name="time" label={t.oneShowing.time} type="time" required />
      <Select
        form={form}
        name="auditoriumId"
        label={t.oneShowing.room}
        options={rooms.map(({ id, name, placeCount, seatMapId }) => ({
          value: id,
          text: t.oneShowing.roomOf(name, numberText(placeCount), seatMapId !== showing.seatMapId),
        }))}
      />
      <Select
        form={form}
        name="priceListId"
        label={t.oneShowing.prices}
        options={lists.map((list) => ({ value: list.id, text: describePrices(list) }))}
      />
      <Button kind="quiet">{t.oneShowing.save}</Button>
    </form>
  );
}
