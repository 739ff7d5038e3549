// A seller's orders: searched, and in a list that fits a phone.

import type { FastifyReply } from "fastify";
import type { Server } from "../../../http/server.ts";
import { sellerOrderStatuses, type SellerOrder } from "../../../store/seller-orders.ts";
import { withQuery } from "../../addresses.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, Select } from "../../components/fields.tsx";
import { Badge, Empty, Pager } from "../../components/frames.tsx";
import { queryValues, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { moneyText } from "../../numbers.ts";
import { isDay, momentText } from "../../times.ts";
import { commonTimeZone, enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { readShowing, titleOf } from "./showing-view.ts";

const pageSize = 50;

/** `GET /sell/:sellerId/orders` */
export function registerOrders(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/orders", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return drawList(services, reply, visit, queryValues(request));
  });
}

/** What an order's status is called: how much went back says more than that it was paid. */
export function OrderStatus({ order }: { order: Pick<SellerOrder, "status" | "totalMinor" | "refundedMinor"> }) {
  const { status, totalMinor, refundedMinor } = order;
  const words = t.sellOrders.statuses;
  if (status === "confirmed" && refundedMinor > 0) {
    return refundedMinor < totalMinor ? (
      <Badge tone="warning">{words.part}</Badge>
    ) : (
      <Badge tone="plain">{words.refunded}</Badge>
    );
  }
  const tone = status === "confirmed" ? "good" : status === "paying" ? "warning" : "bad";
  return <Badge tone={tone}>{words[status]}</Badge>;
}

async function drawList(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  query: FormValues,
): Promise<FastifyReply> {
  const { sellerId } = visit.by;
  const venues = await services.authoring.venues(sellerId);
  const timeZone = commonTimeZone(venues);
  const zones = new Map(venues.map(({ id, timeZone: own }) => [id, own]));
  const [text, day, showingId, cursor] = [
    query.text("q", 200),
    query.text("day", 10),
    query.text("showing", 20),
    query.text("cursor", 120),
  ];
  const begin = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  const on = isDay(day) ? Temporal.PlainDate.from(day) : undefined;
  const status = sellerOrderStatuses.find((one) => one === query.text("status", 20));
  const { items, next } = await services.reports.orders({
    sellerId,
    limit: pageSize,
    ...(text === "" ? {} : { text }),
    ...(showingId === "" ? {} : { showingId }),
    ...(status ? { status } : {}),
    ...(on ? { from: begin(on), until: begin(on.add({ days: 1 })) } : {}),
    ...(cursor === "" ? {} : { cursor }),
  });
  const filters = { q: text, day, status, showing: showingId };
  const csv = { text, status, showingId, on: on ? day : "", timeZone };
  const of = showingId === "" ? undefined : titleOf(await readShowing(services, sellerId, showingId));
  return sendSellerPage(services, reply, visit, {
    title: t.sellOrders.title,
    part: "/orders",
    styles: ["orders"],
    actions: <a href={withQuery(`/api/v1/sellers/${sellerId}/orders.csv`, csv)}>{t.sellOrders.csv}</a>,
    ...(of ? { lead: t.sellOrders.ofShowing(of) } : {}),
    body: (
      <>
        <Search base={visit.base} query={query} showingId={showingId} />
        {Object.values(filters).some(Boolean) && (
          <p>
            <a href={`${visit.base}/orders`}>{t.sellOrders.all}</a>
          </p>
        )}
        {items.length > 0 ? (
          <List visit={visit} orders={items} zoneOf={({ venueId }) => zones.get(venueId) ?? timeZone} />
        ) : (
          <None searched={Object.values(filters).some(Boolean)} />
        )}
        <Pager next={next && withQuery(`${visit.base}/orders`, { ...filters, cursor: next })} />
      </>
    ),
  });
}

function Search({ base, query, showingId }: { base: string; query: FormValues; showingId: string }) {
  const form = { values: query, errors: {} };
  const statuses = sellerOrderStatuses.map((value) => ({ value, text: t.sellOrders.statuses[value] }));
  return (
    <form method="get" action={`${base}/orders`} role="search" class="inline-form order-search">
      {showingId !== "" && <input type="hidden" name="showing" value={showingId} />}
      <Field form={form} name="q" label={t.sellOrders.text} type="search" maxLength={200} plain />
      <Field form={form} name="day" label={t.sellOrders.day} type="date" plain />
      <Select
        form={form}
        name="status"
        label={t.sellOrders.status}
        options={[{ value: "", text: t.sellOrders.anyStatus }, ...statuses]}
      />
      <Button kind="quiet">{t.sellOrders.search}</Button>
    </form>
  );
}

function None({ searched }: { searched: boolean }) {
  return (
    <Empty title={searched ? t.sellOrders.none : t.sellOrders.noneYet}>
      <p>{searched ? t.sellOrders.noneHint : t.sellOrders.noneYetHint}</p>
    </Empty>
  );
}

/** Each order's times are those on its venue's clock, as on its own page. */
function List({
  visit,
  orders,
  zoneOf,
}: {
  visit: Visit;
  orders: readonly SellerOrder[];
  zoneOf(order: SellerOrder): string;
}) {
  return (
    <ul class="order-rows">
      {orders.map((order) => (
        <li key={order.id} class="order-row">
          <p class="order-who">
            <a class="cover" href={`${visit.base}/orders/${order.id}`}>
              {order.name}
            </a>
            <span class="order-small">{order.email}</span>
          </p>
          <p class="order-what">
            {order.title}
            <span class="order-small">
              {momentText(order.startsAt, zoneOf(order))}
              {order.tickets > 0 && <> · {t.sellUnits.tickets(order.tickets)}</>} ·{" "}
              {t.sellOrders.bought(momentText(order.placedAt, zoneOf(order)))}
            </span>
          </p>
          <p>
            <OrderStatus order={order} />
          </p>
          <p class="order-money">
            {moneyText(order.totalMinor, order.currency)}
            {order.refundedMinor > 0 && (
              <span class="order-small">{t.sellOrders.back(moneyText(order.refundedMinor, order.currency))}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
