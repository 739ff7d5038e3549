// Moving a buyer to other seats: a section, and for each ticket a seat of it. The nearest equal ones are chosen already.

import type { FastifyReply, FastifyRequest } from "fastify";
import { newId } from "../../../domain/ids.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { SeatedSection } from "../../../domain/seat-map.ts";
import type { Server } from "../../../http/server.ts";
import type { OrderView } from "../../../sales/sales.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { FormMessage, Select } from "../../components/fields.tsx";
import { Card, Empty } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { listText, moneyText } from "../../numbers.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { bandText, sectionViews } from "../../seats.ts";
import { momentText } from "../../times.ts";
import { enter, param, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { admittedSeats } from "./admitted.ts";
import { choiceIn, moveRoom, nearestEqual, type MoveRoom, type RowChoice } from "./move-choice.ts";

/** A move's id is made with the form, so that sending the form twice moves once. */
const moveIdPattern = /^[0-9a-z]{26}$/;

/** `GET /sell/:sellerId/orders/:orderId/move` and its form. */
export function registerMove(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/orders/:orderId/move", async (request, reply) => {
    const visit = await enter(services, request, "refund");
    return draw(services, request, reply, visit, freshForm());
  });
  server.post("/sell/:sellerId/orders/:orderId/move", async (request, reply) => {
    const visit = await enter(services, request, "refund");
    const orderId = param(request, "orderId");
    await ownOrder(services, visit, orderId);
    const values = formValues(request);
    const tried = await attempt(values, [], async () => {
      const moveId = values.text("moveId", 40);
      if (!moveIdPattern.test(moveId)) throw new PageRefusal("invalid_request", t.moves.reload);
      const { sellerId, actor } = visit.by;
      return services.sales.moveSeats({ orderId, sellerId, moveId, moves: movesIn(values), actor });
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/orders/${orderId}?done=moved`);
    return draw(services, request, reply, visit, tried.form, tried.status);
  });
}

/** The tickets that go somewhere else. */
function movesIn(values: FormValues): { from: string; to: string }[] {
  const [from, to] = [values.all("from"), values.all("to")];
  const moves = from.flatMap((seat, index) => {
    const other = to[index] ?? "";
    return other === "" || other === seat ? [] : [{ from: seat, to: other }];
  });
  if (moves.length === 0) throw new PageRefusal("invalid_request", t.moves.nothing);
  const twice = moves.find((move, index) => moves.findIndex((other) => other.to === move.to) !== index);
  if (twice) throw new PageRefusal("invalid_request", t.moves.twice(twice.to));
  return moves;
}

async function ownOrder(services: SellerPageServices, { by }: Visit, orderId: string): Promise<OrderView> {
  const order = await services.sales.order(orderId, { sellerIds: [by.sellerId] });
  if (order.sellerId !== by.sellerId) throw new Refusal("not_found", "There is no such order.");
  return order;
}

async function draw(
  services: SellerPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const order = await ownOrder(services, visit, param(request, "orderId"));
  const show = await services.authoring.show(visit.by.sellerId, order.showId);
  const timeZone =
    services.catalogue.venue(order.venueId)?.timeZone ?? (await sellerTimeZone(services, visit.by.sellerId));
  const back = `${visit.base}/orders/${order.id}`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.moves.title,
      part: "/orders",
      styles: ["moves"],
      trail: [
        { href: `${visit.base}/orders`, text: t.sell.pages.orders },
        { href: back, text: t.moves.order(order.buyer.name) },
      ],
      lead: t.moves.lead(order.buyer.name, show.title, momentText(order.startsAt, timeZone)),
      body: await bodyOf(services, visit, order, form, queryValues(request)),
    },
    status,
  );
}

async function bodyOf(
  services: SellerPageServices,
  visit: Visit,
  order: OrderView,
  form: FormState,
  query: FormValues,
) {
  const back = `${visit.base}/orders/${order.id}`;
  const showing = await services.catalogue.showing(order.showingId);
  const link = <ButtonLink href={back}>{t.moves.keep}</ButtonLink>;
  if (!showing || showing.endsAt < services.clock()) return <Empty title={t.moves.over}>{link}</Empty>;
  const room = await services.catalogue.seatMap(showing.seatMapId);
  const { states } = await services.sales.seatStates(showing);
  const of = moveRoom(order, showing, room, states, await admittedSeats(services, visit, order.id));
  const [first] = of.tickets;
  if (!first)
    return (
      <Empty title={t.moves.nobody}>
        <p>{t.moves.nobodyWhy}</p>
        {link}
      </Empty>
    );
  const seated = room.map.sections.filter((section): section is SeatedSection => section.kind === "seats");
  const named = form.values.text("section", 20) || query.text("section", 20);
  const chosen = seated.find(({ id }) => id === named);
  const equal = nearestEqual(of, chosen);
  const near = equal?.[0] ?? first.place;
  const section = chosen ?? seated.find(({ id }) => id === room.layout.sectionOf(near).id) ?? seated[0];
  if (!section) return <Empty title={t.moves.nobody}>{link}</Empty>;
  const availability = await services.sales.availability(showing);
  const sections = sectionViews(showing, room, availability).flatMap(({ section: { id, name }, left, range }) =>
    seated.some((one) => one.id === id)
      ? [{ value: id, text: t.moves.inSection(name, left, range ? bandText(range, order.currency) : "") }]
      : [],
  );
  const given = form.values.text("moveId", 40);
  return (
    <Card>
      <p>
        {t.moves.free} {t.moves.afterwards}
      </p>
      {sections.length > 1 && (
        <form method="get" action={`${back}/move`} class="inline-form">
          <Select form={freshForm({ section: section.id })} name="section" label={t.moves.section} options={sections} />
          <Button kind="quiet">{t.moves.showSection}</Button>
        </form>
      )}
      <form method="post" action={`${back}/move`} class="sell-form">
        <FormMessage form={form} />
        <input type="hidden" name="moveId" value={moveIdPattern.test(given) ? given : newId(services.random)} />
        <input type="hidden" name="section" value={section.id} />
        <Tickets of={of} section={section} equal={equal} near={near} order={order} form={form} />
        <div class="actions">
          <Button>{t.moves.move}</Button>
          <ButtonLink href={back} kind="quiet">
            {t.moves.keep}
          </ButtonLink>
        </div>
      </form>
    </Card>
  );
}

function Tickets(props: {
  of: MoveRoom;
  section: SeatedSection;
  equal: readonly number[] | undefined;
  near: number;
  order: OrderView;
  form: FormState;
}) {
  const { of, section, equal, order, form } = props;
  const { layout } = of.room;
  // Seats of another section are not in the lists; and all of a group stay together, or none moves.
  const fits = equal?.every((place) => layout.sectionOf(place).id === section.id);
  // One that was near the seats before is far from a section on the other side.
  const near =
    layout.sectionOf(props.near).id === section.id ? props.near : (layout.placeOf.get(firstOf(section)) ?? 0);
  const { rows, left } = choiceIn(of, section, near);
  const [from, sent] = [form.values.all("from"), form.values.all("to")];
  // Where one of the seats is gone by now, all are proposed anew: neighbours stay neighbours.
  const open = new Set(rows.flatMap(({ seats }) => seats.map(({ seat }) => seat.name)));
  const isFresh = from.length === 0 || !sent.every((seat) => seat === "" || open.has(seat));
  return (
    <fieldset class="move-tickets">
      <legend class="legend">{t.moves.tickets}</legend>
      {isFresh && <p class="hint">{equal && fits ? t.moves.suggested(of.tickets.length) : t.moves.noneEqual}</p>}
      {left && <p class="hint">{t.moves.nearest(rows.reduce((sum, row) => sum + row.seats.length, 0))}</p>}
      <div class="field-row">
        {of.tickets.map((ticket, index) => {
          const line = order.lines.find(({ seat }) => seat === ticket.seat);
          const tier = of.showing.prices.tiers.find(({ id }) => id === ticket.tier)?.name ?? ticket.tier;
          const suggested = equal && fits ? (layout.names[equal[index] ?? -1] ?? "") : "";
          const at = from.indexOf(ticket.seat);
          return (
            <div class="field" key={ticket.id}>
              <label for={`to-${index}`}>{t.moves.newSeat(ticket.seat)}</label>
              <p class="hint" id={`to-${index}-hint`}>
                {t.moves.paid(tier, moneyText(line?.totalMinor ?? 0, order.currency))}
              </p>
              <input type="hidden" name="from" value={ticket.seat} />
              <select id={`to-${index}`} name="to" aria-describedby={`to-${index}-hint`}>
                <Options rows={rows} ticket={ticket.seat} chosen={isFresh ? suggested : (sent[at] ?? "")} />
              </select>
            </div>
          );
        })}
      </div>
      {of.admitted.length > 0 && (
        <p class="hint">{t.moves.admitted(listText(of.admitted.map(({ seat }) => seat)), of.admitted.length === 1)}</p>
      )}
      {of.standing > 0 && <p class="hint">{t.moves.standing(of.standing)}</p>}
    </fieldset>
  );
}

const firstOf = (section: SeatedSection) => section.rows[0]?.seats[0]?.name ?? "";

function Options({ rows, ticket, chosen }: { rows: readonly RowChoice[]; ticket: string; chosen: string }) {
  return (
    <>
      <option value="" selected={chosen === ""}>
        {t.moves.stays(ticket)}
      </option>
      {rows.map(({ row, seats }) => (
        <optgroup key={row.name} label={t.moves.row(row.name)}>
          {seats.flatMap(({ seat, own }) =>
            seat.name === ticket ? (
              []
            ) : (
              <option key={seat.name} value={seat.name} selected={seat.name === chosen}>
                {labelOf(seat, own)}
              </option>
            ),
          )}
        </optgroup>
      ))}
    </>
  );
}

function labelOf({ name, access, view }: RowChoice["seats"][number]["seat"], own: boolean): string {
  if (own) return t.moves.own(name);
  if (access === "accessible") return t.moves.wheelchair(name);
  if (access === "companion") return t.moves.companion(name);
  return view === "restricted" ? t.moves.restricted(name) : name;
}
