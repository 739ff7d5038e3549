// One order of a seller: who bought what, what happened to it since, and what can be done about it.

import type { FastifyReply } from "fastify";
import { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import type { OrderEvent, OrderView } from "../../../sales/sales.ts";
import { seeOther } from "../../answers.ts";
import { ActionForm, Button, ButtonLink } from "../../components/buttons.tsx";
import { Badge, Card, Facts, Notice } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { listText, moneyText } from "../../numbers.ts";
import { instantText, momentText } from "../../times.ts";
import { enter, param, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { OrderStatus } from "./orders.tsx";

/** `GET /sell/:sellerId/orders/:orderId` and `POST …/mail`. */
export function registerOrder(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/orders/:orderId", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return drawOrder(services, reply, visit, param(request, "orderId"));
  });
  server.post("/sell/:sellerId/orders/:orderId/mail", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    const orderId = param(request, "orderId");
    await ownOrder(services, visit, orderId);
    try {
      await services.sales.resendTickets(orderId, { sellerIds: [visit.by.sellerId] }, visit.by.actor);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const text = error.code === "too_many_requests" ? t.sellOrder.mailLater : t.sellOrder.noTickets;
      return drawOrder(services, reply, visit, orderId, text, error.status);
    }
    return seeOther(reply, `${visit.base}/orders/${orderId}?done=mailed`);
  });
}

/** The order, if it is the seller's; else `not_found`. */
export async function ownOrder({ sales }: SellerPageServices, { by }: Visit, orderId: string): Promise<OrderView> {
  const order = await sales.order(orderId, { sellerIds: [by.sellerId] });
  if (order.sellerId !== by.sellerId) throw new Refusal("not_found", "There is no such order.");
  return order;
}

/** The clock of an order's venue, and what its price list calls a tier. */
export async function aboutOrder(services: SellerPageServices, visit: Visit, order: OrderView) {
  const timeZone =
    services.catalogue.venue(order.venueId)?.timeZone ?? (await sellerTimeZone(services, visit.by.sellerId));
  const tierName = (id: string) => order.tierNames[id] ?? id;
  return { timeZone, tierName };
}

/** What an order page shows of an order. */
interface Shown {
  visit: Visit;
  order: OrderView;
  timeZone: string;
  tierName(id: string): string;
  events: readonly OrderEvent[];
}

/** The page of an order; `wrong` is what could not be done on it. */
export async function drawOrder(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  orderId: string,
  wrong?: string,
  status = 200,
): Promise<FastifyReply> {
  const order = await ownOrder(services, visit, orderId);
  const show = await services.authoring.show(visit.by.sellerId, order.showId);
  const events = await services.sales.orderHistory(orderId, visit.by.sellerId);
  const members = await services.accounts.members(visit.by.sellerId);
  const names = new Map(members.map(({ accountId, name }) => [accountId, name]));
  const shown: Shown = { visit, order, events, ...(await aboutOrder(services, visit, order)) };
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.sellOrder.titleOf(order.buyer.name),
      part: "/orders",
      styles: ["orders"],
      trail: [{ href: `${visit.base}/orders`, text: t.sellOrders.title }],
      actions: <OrderStatus order={order} />,
      body: (
        <>
          {wrong && (
            <Notice kind="error">
              <p>{wrong}</p>
            </Notice>
          )}
          <div class="sell-columns">
            <Tickets {...shown} />
            <About {...shown} title={show.title} />
          </div>
          <History {...shown} names={names} />
        </>
      ),
    },
    status,
  );
}

function About({ visit, order, timeZone, title }: Shown & { title: string }) {
  const { totalMinor, refundedMinor, currency, buyer, status } = order;
  const money = (minor: number) => moneyText(minor, currency);
  const whys: Readonly<Record<string, string>> = t.sellOrder.whys;
  return (
    <Card title={t.sellOrder.about}>
      <Facts
        items={[
          { name: t.sellOrder.buyer, value: buyer.name },
          {
            name: t.sellOrder.email,
            value: (
              <a class="breakable" href={`mailto:${buyer.email}`}>
                {buyer.email}
              </a>
            ),
          },
          { name: t.sellOrder.show, value: title },
          {
            name: t.sellOrder.showing,
            value: <a href={`${visit.base}/showings/${order.showingId}`}>{momentText(order.startsAt, timeZone)}</a>,
          },
          { name: t.sellOrder.bought, value: momentText(order.placedAt, timeZone) },
          { name: t.sellOrder.paid, value: money(totalMinor) },
          ...(refundedMinor > 0
            ? [
                { name: t.sellOrder.refunded, value: money(refundedMinor) },
                { name: t.sellOrder.left, value: money(totalMinor - refundedMinor) },
              ]
            : []),
          ...(whys[status] === undefined ? [] : [{ name: t.sellOrder.why, value: whys[status] }]),
          { name: t.sellOrder.order, value: <code class="breakable">{order.id}</code> },
        ]}
      />
    </Card>
  );
}

function Tickets(shown: Shown) {
  const { visit, order } = shown;
  const here = `${visit.base}/orders/${order.id}`;
  const good = order.tickets.some(({ status }) => status === "active");
  const refundable = good && visit.can("refund");
  return (
    <Card title={t.sellOrder.tickets}>
      <form method="get" action={`${here}/refund`} id="refund">
        <TicketList {...shown} refundable={refundable} />
      </form>
      {good ? (
        <>
          <div class="actions order-actions">
            {refundable && (
              <>
                <Button form="refund" kind="quiet">
                  {t.sellOrder.refundTicked}
                </Button>
                <ButtonLink kind="quiet" href={`${here}/refund?all=yes`}>
                  {t.sellOrder.refundAll}
                </ButtonLink>
              </>
            )}
            {refundable && (
              <ButtonLink kind="quiet" href={`${here}/move`}>
                {t.sellOrder.move}
              </ButtonLink>
            )}
            <ActionForm action={`${here}/mail`}>{t.sellOrder.mail}</ActionForm>
          </div>
          <p class="hint order-hint">
            {refundable && t.sellOrder.before} {t.sellOrder.mailTo(order.buyer.email)}
          </p>
        </>
      ) : (
        <p class="hint">{t.sellOrder.noTickets}</p>
      )}
    </Card>
  );
}

function TicketList({ order, timeZone, tierName, events, refundable }: Shown & { refundable: boolean }) {
  const admitted = new Map(
    events.flatMap(({ kind, seats = [], at }) => (kind === "admitted" ? seats.map((seat) => [seat, at] as const) : [])),
  );
  return (
    <ul class="order-tickets">
      {order.tickets.map(({ id, seat, tier, status }) => {
        const [line, at] = [order.lines.find((one) => one.seat === seat), admitted.get(seat)];
        const good = status === "active";
        const Row = good && refundable ? "label" : "div";
        return (
          <li key={id}>
            <Row class={refundable ? "order-ticket order-ticket-tick" : "order-ticket"}>
              {good && refundable && (
                <input type="checkbox" name="seats" value={seat} aria-label={t.sellOrder.ticked(seat)} />
              )}
              <span class="order-ticket-seat">
                <strong>{seat}</strong> · {tierName(tier)}
                {at !== undefined && <span class="order-small">{t.sellOrder.admitted(momentText(at, timeZone))}</span>}
              </span>
              <Badge tone={good ? "good" : "plain"}>{good ? t.sellOrder.valid : t.sellOrder.void}</Badge>
              <span class="order-money">{line && moneyText(line.totalMinor, order.currency)}</span>
            </Row>
          </li>
        );
      })}
    </ul>
  );
}

function History({ order, events, timeZone, names }: Shown & { names: ReadonlyMap<string, string> }) {
  const money = (minor = 0) => moneyText(minor, order.currency);
  const words = t.sellOrder.events;
  const what = ({ kind, pending, amountMinor }: OrderEvent) =>
    kind === "refunded" ? (pending ? words.pending : words.refunded)(money(amountMinor)) : words[kind];
  const who = ({ by }: OrderEvent) =>
    by === undefined
      ? undefined
      : by === "buyer"
        ? t.sellOrder.by.buyer
        : by === "cancelled showing"
          ? t.sellOrder.by.cancelled
          : nameOf(names.get(by.account));
  return (
    <Card title={t.sellOrder.history}>
      <ol class="order-history">
        {events.map((event) => (
          <li key={`${event.at} ${event.kind} ${event.seats?.join(" ") ?? ""}`}>
            <time dateTime={instantText(event.at)}>{momentText(event.at, timeZone)}</time>
            <span>
              <strong>{what(event)}</strong>
              {event.seats && event.seats.length > 0 && <>: {placesOf(event)}</>} {who(event)}{" "}
              {event.gate && t.sellOrder.at(event.gate)}
              {event.reason && event.by !== "buyer" && (
                <span class="order-small">{t.sellOrder.reason(event.reason)}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** `A-1 and A-2`; of a move `A-1 → C-4 and A-2 → C-5`. */
const placesOf = ({ seats = [], to }: OrderEvent) =>
  listText(to ? seats.map((seat, index) => `${seat} → ${to[index] ?? ""}`) : seats);

const nameOf = (name: string | undefined) =>
  name === undefined ? t.sellOrder.by.somebody : t.sellOrder.by.member(name);
