// A seller's orders: searched, looked at, refunded as a whole or in part.

import type { FastifyReply } from "fastify";
import { newId } from "../../../domain/ids.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import type { OrderView } from "../../../sales/sales.ts";
import type { SellerOrder } from "../../../store/seller-orders.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { withQuery } from "../../addresses.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage } from "../../components/fields.tsx";
import { Badge, Card, Empty, Facts, Pager, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { moneyText } from "../../numbers.ts";
import { isDay, momentText } from "../../times.ts";
import { enter, param, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

const pageSize = 50;
const tones = { confirmed: "good", paying: "warning", declined: "bad", cancelled: "bad", conflict: "bad" } as const;
/** A refund's id is made with the form, so that sending the form twice refunds once. */
const refundIdPattern = /^[0-9a-z]{26}$/;

/** `GET /sell/:sellerId/orders`, `…/orders/:orderId`, `POST …/orders/:orderId/refund`. */
export function registerOrders(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/orders", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return drawList(services, reply, visit, queryValues(request));
  });
  server.get("/sell/:sellerId/orders/:orderId", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return drawOne(services, reply, visit, param(request, "orderId"), freshForm());
  });
  server.post("/sell/:sellerId/orders/:orderId/refund", async (request, reply) => {
    const visit = await enter(services, request, "refund");
    const orderId = param(request, "orderId");
    await ownOrder(services, visit, orderId);
    const values = formValues(request);
    const tried = await attempt(values, ["reason", "seats"], async () => {
      const reason = values.text("reason", 300);
      const seats = values.all("seats").slice(0, 1_000);
      const refundId = values.text("refundId", 40);
      if (reason === "") throw new Refusal("invalid_request", "Say why, for your records.", { field: "reason" });
      if (seats.length === 0) throw new Refusal("invalid_request", "Tick the tickets to refund.", { field: "seats" });
      if (!refundIdPattern.test(refundId)) throw new Refusal("invalid_request", "Load the page again, please.");
      const { sellerId, actor } = visit.by;
      return services.sales.refund({ orderId, sellerId, refundId, seats, reason, actor });
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/orders/${orderId}?done=refunded`);
    return drawOne(services, reply, visit, orderId, tried.form, tried.status);
  });
}

async function ownOrder(services: SellerPageServices, { by }: Visit, orderId: string): Promise<OrderView> {
  const order = await services.sales.order(orderId, { sellerIds: [by.sellerId] });
  if (order.sellerId !== by.sellerId) throw new Refusal("not_found", "There is no such order.");
  return order;
}

async function drawList(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  query: FormValues,
): Promise<FastifyReply> {
  const timeZone = await sellerTimeZone(services, visit.by.sellerId);
  const [text, day, showingId, cursor] = [
    query.text("q", 200),
    query.text("day", 10),
    query.text("showing", 20),
    query.text("cursor", 120),
  ];
  const begin = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  const on = isDay(day) ? Temporal.PlainDate.from(day) : undefined;
  const { items, next } = await services.reports.orders({
    sellerId: visit.by.sellerId,
    limit: pageSize,
    ...(text === "" ? {} : { text }),
    ...(showingId === "" ? {} : { showingId }),
    ...(on ? { from: begin(on), until: begin(on.add({ days: 1 })) } : {}),
    ...(cursor === "" ? {} : { cursor }),
  });
  const filters = { q: text, day, showing: showingId };
  const csv = { text, showingId, on: on ? day : "", timeZone };
  return sendSellerPage(services, reply, visit, {
    title: "Orders",
    part: "/orders",
    actions: <a href={withQuery(`/api/v1/sellers/${visit.by.sellerId}/orders.csv`, csv)}>These orders as CSV</a>,
    body: (
      <>
        <form method="get" action={`${visit.base}/orders`} role="search" class="inline-form">
          {showingId !== "" && <input type="hidden" name="showing" value={showingId} />}
          <Field
            form={{ values: query, errors: {} }}
            name="q"
            label="Name, e-mail or order"
            type="search"
            maxLength={200}
            plain
          />
          <Field form={{ values: query, errors: {} }} name="day" label="Bought on" type="date" plain />
          <Button kind="quiet">Search</Button>
          {(text !== "" || day !== "" || showingId !== "") && <a href={`${visit.base}/orders`}>All orders</a>}
        </form>
        <List visit={visit} orders={items} timeZone={timeZone} />
        <Pager next={next && withQuery(`${visit.base}/orders`, { ...filters, cursor: next })} />
      </>
    ),
  });
}

function List({ visit, orders, timeZone }: { visit: Visit; orders: readonly SellerOrder[]; timeZone: string }) {
  if (orders.length === 0) return <Empty title="No order matches" />;
  return (
    <Table
      caption="Orders"
      hideCaption
      rows={orders}
      keyOf={(order) => order.id}
      columns={[
        {
          title: "Buyer",
          head: true,
          cell: (order) => <a href={`${visit.base}/orders/${order.id}`}>{order.name}</a>,
        },
        { title: "E-mail", cell: (order) => order.email },
        { title: "Bought", cell: (order) => momentText(order.placedAt, timeZone) },
        { title: "Showing", cell: (order) => `${order.title}, ${momentText(order.startsAt, timeZone)}` },
        { title: "Status", cell: (order) => <Badge tone={tones[order.status]}>{order.status}</Badge> },
        { title: "Total", number: true, cell: (order) => moneyText(order.totalMinor, order.currency) },
        { title: "Refunded", number: true, cell: (order) => moneyText(order.refundedMinor, order.currency) },
      ]}
    />
  );
}

async function drawOne(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  orderId: string,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const order = await ownOrder(services, visit, orderId);
  const show = await services.authoring.show(visit.by.sellerId, order.showId);
  const timeZone =
    services.catalogue.venue(order.venueId)?.timeZone ?? (await sellerTimeZone(services, visit.by.sellerId));
  const given = form.values.text("refundId", 40);
  const refundId = refundIdPattern.test(given) ? given : newId(services.random);
  const refundable = visit.can("refund") && order.tickets.some((ticket) => ticket.status === "active");
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: `Order of ${order.buyer.name}`,
      part: "/orders",
      trail: [{ href: `${visit.base}/orders`, text: "Orders" }],
      actions: <Badge tone={tones[order.status]}>{order.status}</Badge>,
      body: (
        <div class="sell-columns">
          <Card title="Order">
            <Facts
              items={[
                { name: "Order", value: <code>{order.id}</code> },
                { name: "Buyer", value: order.buyer.name },
                { name: "E-mail", value: order.buyer.email },
                { name: "Show", value: show.title },
                {
                  name: "Showing",
                  value: (
                    <a href={`${visit.base}/showings/${order.showingId}`}>{momentText(order.startsAt, timeZone)}</a>
                  ),
                },
                { name: "Bought", value: momentText(order.placedAt, timeZone) },
                { name: "Total", value: moneyText(order.totalMinor, order.currency) },
                { name: "Refunded", value: moneyText(order.refundedMinor, order.currency) },
                ...(order.reason ? [{ name: "Why", value: order.reason }] : []),
              ]}
            />
          </Card>
          <Card title="Tickets">
            {refundable ? (
              <form method="post" action={`${visit.base}/orders/${order.id}/refund`}>
                <FormMessage form={form} />
                <input type="hidden" name="refundId" value={refundId} />
                <Tickets order={order} form={form} refundable />
                <Field form={form} name="reason" label="Reason for the refund" required maxLength={300} />
                <Button kind="danger">Refund the tickets that are ticked</Button>
              </form>
            ) : (
              <Tickets order={order} form={form} />
            )}
          </Card>
        </div>
      ),
    },
    status,
  );
}

function Tickets({ order, form, refundable }: { order: OrderView; form: FormState; refundable?: boolean }) {
  const ticked = form.values.all("seats");
  const fresh = !form.values.has("refundId");
  return (
    <>
      {form.errors["seats"] && <p class="field-error">{form.errors["seats"]}</p>}
      <Table
        caption="Tickets"
        hideCaption
        rows={order.tickets}
        keyOf={(ticket) => ticket.id}
        columns={[
          ...(refundable
            ? [
                {
                  title: "Refund",
                  cell: (ticket: OrderView["tickets"][number]) =>
                    ticket.status === "active" && (
                      <input
                        type="checkbox"
                        name="seats"
                        value={ticket.seat}
                        checked={fresh || ticked.includes(ticket.seat)}
                        aria-label={`Refund ${ticket.seat}`}
                      />
                    ),
                },
              ]
            : []),
          { title: "Seat", head: true, cell: (ticket) => ticket.seat },
          { title: "Price", cell: (ticket) => ticket.tier },
          {
            title: "Paid",
            number: true,
            cell: (ticket) => {
              const line = order.lines.find(({ seat }) => seat === ticket.seat);
              return line ? moneyText(line.totalMinor, order.currency) : "";
            },
          },
          {
            title: "Status",
            cell: (ticket) =>
              ticket.status === "active" ? <Badge tone="good">valid</Badge> : <Badge tone="bad">refunded</Badge>,
          },
        ]}
      />
    </>
  );
}
