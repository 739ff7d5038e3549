// The orders of an account: those to come, the next first, and those past.

import type { Server } from "../../http/server.ts";
import type { OrderView } from "../../sales/sales.ts";
import { withQuery } from "../addresses.ts";
import { sendPage } from "../answers.ts";
import { AccountNav } from "../components/account-nav.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { Badge, Empty, PageHead, Pager } from "../components/frames.tsx";
import { ShowingSummary } from "../components/showing-summary.tsx";
import { queryValues } from "../form-values.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import type { PageServices } from "../services.ts";

const ordersOnPage = 20;
/** A showing counts as coming until so long after its start. */
const stillOnMs = 3 * 3_600_000;

/** `GET /account/orders` */
export function registerAccountOrders(server: Server, services: PageServices): void {
  server.get("/account/orders", async (request, reply) => {
    const { account } = await services.visitors.signedIn(request);
    const before = queryValues(request).text("before", 120);
    const page = await services.sales.ordersOf(account.id, { limit: ordersOnPage, ...(before ? { before } : {}) });
    const now = services.clock();
    const coming = page.items.filter((order) => order.startsAt + stillOnMs > now).toReversed();
    const past = page.items.filter((order) => order.startsAt + stillOnMs <= now);
    return sendPage(services, reply, {
      title: t.account.orders,
      part: "account",
      private: true,
      body: (
        <>
          <PageHead title={t.account.orders} />
          <AccountNav current="/account/orders" />
          {page.items.length === 0 && (
            <Empty title={t.account.noOrders}>
              <ButtonLink href="/">{t.refusals.home}</ButtonLink>
            </Empty>
          )}
          <Orders title={t.account.coming} orders={coming} services={services} />
          <Orders title={t.account.past} orders={past} services={services} />
          <Pager
            previous={before ? "/account/orders" : undefined}
            next={page.next === undefined ? undefined : withQuery("/account/orders", { before: page.next })}
          />
        </>
      ),
    });
  });
}

function Orders(props: { title: string; orders: readonly OrderView[]; services: PageServices }) {
  if (props.orders.length === 0) return null;
  return (
    <section>
      <h2>{props.title}</h2>
      <ul class="order-list">
        {props.orders.map((order) => (
          <li key={order.id} class="card order-card">
            <ShowingSummary
              catalogue={props.services.catalogue}
              showing={undefined}
              showId={order.showId}
              venueId={order.venueId}
              startsAt={order.startsAt}
            />
            <p class="order-card-foot">
              <StatusBadge order={order} />
              <span>
                {t.lines.tickets(order.lines.length)} · {moneyText(order.totalMinor, order.currency)}
              </span>
              <a class="cover" href={`/orders/${encodeURIComponent(order.id)}`}>
                {t.account.openOrder}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StatusBadge({ order }: { order: OrderView }) {
  if (order.refundStatus === "whole") return <Badge tone="plain">{t.account.status.refunded}</Badge>;
  if (order.refundStatus === "part") return <Badge tone="warning">{t.account.status.part}</Badge>;
  const tone = order.status === "confirmed" ? "good" : order.status === "paying" ? "warning" : "bad";
  return <Badge tone={tone}>{t.account.status[order.status]}</Badge>;
}
