// The orders of an account: those to come, the next first, and those past.

import { seatsText } from "../../documents/order-document.ts";
import type { Server } from "../../http/server.ts";
import type { OrderView } from "../../sales/sales.ts";
import { withQuery } from "../addresses.ts";
import { sendPage } from "../answers.ts";
import { AccountNav, SignOut } from "../components/account-nav.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { Badge, Empty, PageHead, Pager } from "../components/frames.tsx";
import { Poster } from "../components/poster.tsx";
import { queryValues } from "../form-values.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import type { PageServices } from "../services.ts";
import { momentText, zoneText } from "../times.ts";
import { placeName } from "../where.ts";

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
      islands: ["forget-orders"],
      body: (
        <>
          <PageHead title={t.account.orders} actions={<SignOut />} />
          <AccountNav current="/account/orders" />
          {page.items.length === 0 && (
            <Empty title={t.account.noOrders}>
              <ButtonLink href="/">{t.refusals.home}</ButtonLink>
            </Empty>
          )}
          <Orders title={t.account.coming} orders={coming} services={services} large />
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

interface OrdersProps {
  title: string;
  orders: readonly OrderView[];
  services: PageServices;
  /** Those to come: with their posters, and the tickets one tap away. */
  large?: boolean;
}

function Orders({ title, orders, services, large = false }: OrdersProps) {
  if (orders.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class={large ? "order-list order-list-large" : "order-list"}>
        {orders.map((order) => (
          <OrderCard key={order.id} {...{ order, large }} catalogue={services.catalogue} />
        ))}
      </ul>
    </section>
  );
}

/** The whole card is its link. */
function OrderCard(props: { order: OrderView; large: boolean; catalogue: PageServices["catalogue"] }) {
  const { order, large, catalogue } = props;
  const show = catalogue.show(order.showId);
  const venue = catalogue.venue(order.venueId);
  const timeZone = venue?.timeZone ?? "UTC";
  const title = show?.title ?? t.showing.unnamed;
  const usable = order.status === "confirmed" && order.refundStatus !== "whole";
  const link = large && usable ? t.account.tickets : t.account.openOrder;
  return (
    <li class="card order-card">
      <Poster title={show?.title ?? ""} src={show?.poster ?? ""} size={large ? "large" : "small"} eager alt="" />
      <div class="order-card-text">
        <p class="order-card-when">
          {momentText(order.startsAt, timeZone)} {zoneText(order.startsAt, timeZone)}
        </p>
        <h3>{title}</h3>
        {venue && (
          <p class="soft">
            {venue.name} · {placeName({ name: venue.city, region: venue.region })}
          </p>
        )}
        <p>
          {seatsText(
            order.lines.map(({ seat }) => seat),
            t.language,
          )}
        </p>
        <p class="order-card-foot">
          {!(large && usable && order.refundStatus === "none") && <StatusBadge order={order} />}
          <span class="soft">
            {t.lines.tickets(order.lines.length)} · {moneyText(order.totalMinor, order.currency)}
          </span>
        </p>
        <p class="order-card-go">
          <a
            class={large ? `cover button button-${usable ? "main" : "quiet"}` : "cover"}
            href={`/orders/${encodeURIComponent(order.id)}`}
            aria-label={t.account.openOf(link, title)}
          >
            {link}
          </a>
        </p>
      </div>
    </li>
  );
}

function StatusBadge({ order }: { order: OrderView }) {
  if (order.refundStatus === "whole") return <Badge tone="plain">{t.account.status.refunded}</Badge>;
  if (order.refundStatus === "part") return <Badge tone="warning">{t.account.status.part}</Badge>;
  const tone = order.status === "confirmed" ? "good" : order.status === "paying" ? "warning" : "bad";
  return <Badge tone={tone}>{t.account.status[order.status]}</Badge>;
}
