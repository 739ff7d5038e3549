// An order: how it stands, its tickets ready for the door and for paper, what it cost, and cancelling it.

import type { FastifyRequest } from "fastify";
import type { Showing } from "../../catalogue/model.ts";
import type { Server } from "../../http/server.ts";
import type { OrderView, TicketView } from "../../sales/sales.ts";
import { sendPage } from "../answers.ts";
import { Button, ButtonLink } from "../components/buttons.tsx";
import { Card, Facts, Notice, PageHead } from "../components/frames.tsx";
import { PriceLines } from "../components/price-lines.tsx";
import { ShowingSummary } from "../components/showing-summary.tsx";
import { Ticket } from "../components/ticket.tsx";
import { formValues, queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { PageRefusal } from "../page-refusal.ts";
import { keepOrderKey, orderAccess } from "../order-key.ts";
import type { PageServices } from "../services.ts";
import { momentText } from "../times.ts";

type Request = FastifyRequest<{ Params: { id: string } }>;

const hourMs = 3_600_000;

/** `GET /orders/:id` (a guest's with `?key=` at first), `POST /orders/:id/cancel` */
export function registerOrder(server: Server, services: PageServices): void {
  server.get("/orders/:id", async (request: Request, reply) => {
    const { id } = request.params;
    const key = queryValues(request).text("key", 64);
    if (key !== "") {
      // Out of the address, so that it is in no history, log or Referer; only a key that opens the order is kept.
      await services.sales.order(id, { secret: key });
      keepOrderKey(services, reply, id, key);
      void reply.header("referrer-policy", "no-referrer").header("cache-control", "no-store");
      return reply.redirect(`/orders/${encodeURIComponent(id)}`, 303);
    }
    const access = await orderAccess(services, request);
    const order = await services.sales.order(id, access);
    const tickets = order.status === "confirmed" ? await services.sales.tickets(id, access) : [];
    const showing = await services.catalogue.showing(order.showingId);
    const cancelBy = await cancelUntil(services, order);
    const sections = await sectionNames(services, showing);
    return sendPage(services, reply, drawOrder(services, { order, tickets, showing, sections, cancelBy }));
  });
  server.post("/orders/:id/cancel", async (request: Request, reply) => {
    if (!formValues(request).has("sure")) throw new PageRefusal("invalid_request", t.order.notSure, { field: "sure" });
    await services.sales.cancelOrder(request.params.id, await orderAccess(services, request));
    return reply.redirect(`/orders/${encodeURIComponent(request.params.id)}`, 303);
  });
}

/** Until when the buyer may cancel; undefined if not, or no longer. */
async function cancelUntil(services: PageServices, order: OrderView): Promise<number | undefined> {
  if (order.status !== "confirmed" || order.refundStatus !== "none") return undefined;
  const { cancelHours } = await services.accounts.seller(order.sellerId);
  if (cancelHours === undefined) return undefined;
  const until = order.startsAt - cancelHours * hourMs;
  return services.clock() < until ? until : undefined;
}

/** Names of sections by id; empty where there is only one, which needs no name. */
async function sectionNames({ catalogue }: PageServices, showing: Showing | undefined): Promise<Map<string, string>> {
  if (!showing || showing.sections.length < 2) return new Map();
  const { layout } = await catalogue.seatMap(showing.seatMapId);
  return new Map(layout.sections.map(({ id, name }) => [id, name]));
}

interface Drawn {
  order: OrderView;
  tickets: readonly TicketView[];
  showing: Showing | undefined;
  sections: ReadonlyMap<string, string>;
  cancelBy: number | undefined;
}

function drawOrder(services: PageServices, drawn: Drawn): PageOptions {
  const { order, tickets, showing, sections, cancelBy } = drawn;
  const { catalogue } = services;
  const timeZone = catalogue.venue(order.venueId)?.timeZone ?? "UTC";
  const money = (minor: number) => moneyText(minor, order.currency);
  const confirmed = order.status === "confirmed";
  const title = t.order.titles[order.status];
  const facts = [
    { name: t.order.number, value: <code class="order-number">{order.id}</code> },
    { name: t.order.placed, value: momentText(order.placedAt, timeZone) },
    { name: t.order.buyer, value: `${order.buyer.name}, ${order.buyer.email}` },
    ...(order.refundedMinor > 0 ? [{ name: t.order.refunded, value: money(order.refundedMinor) }] : []),
  ];
  return {
    title,
    part: "account",
    private: true,
    ...(order.status === "paying" && !order.actionUrl ? { refreshSeconds: 3 } : {}),
    body: (
      <>
        <PageHead title={title} />
        <Status order={order} publicUrl={services.publicUrl} />
        {confirmed && tickets.length > 0 && (
          <section aria-labelledby="tickets">
            <h2 id="tickets">{t.order.tickets(tickets.length)}</h2>
            <p class="soft screen-only">{t.order.print}</p>
            <div class="tickets">
              {tickets.map((ticket, index) => (
                <Ticket
                  key={ticket.id}
                  {...{ catalogue, showing, order, ticket }}
                  section={sections.get(ticket.section)}
                  position={t.order.position(index + 1, tickets.length)}
                />
              ))}
            </div>
          </section>
        )}
        <div class="screen-only stack">
          <Card title={t.order.details}>
            <ShowingSummary
              catalogue={catalogue}
              showing={showing}
              showId={order.showId}
              venueId={order.venueId}
              startsAt={order.startsAt}
            />
            <PriceLines lines={order.lines} currency={order.currency} totalMinor={order.totalMinor} showing={showing} />
            <Facts items={facts} />
          </Card>
          {cancelBy !== undefined && <Cancel order={order} until={momentText(cancelBy, timeZone)} />}
        </div>
      </>
    ),
  };
}

function Status({ order, publicUrl }: { order: OrderView; publicUrl: string }) {
  const texts = t.order.explained[order.status];
  if (order.status === "confirmed") {
    if (order.refundStatus !== "none") {
      return (
        <Notice kind="warning" title={order.refundStatus === "whole" ? t.order.refundedWhole : t.order.refundedPart} />
      );
    }
    return (
      <Notice kind="done">
        <p>{texts}</p>
      </Notice>
    );
  }
  if (order.status === "paying" && order.actionUrl) {
    return (
      <Notice kind="warning" title={t.order.action}>
        <p>{t.order.actionDetail}</p>
        <p>
          <ButtonLink href={ownPath(order.actionUrl, publicUrl)}>{t.order.actionGo}</ButtonLink>
        </p>
      </Notice>
    );
  }
  return (
    <Notice kind={order.status === "paying" ? "info" : "error"}>
      <p>{texts}</p>
      {order.status !== "paying" && (
        <p>
          <a href={`/showings/${order.showingId}`}>{t.checkout.chooseAgain}</a>
        </p>
      )}
    </Notice>
  );
}

/** The path of an address of this site: the buyer stays at the host and port that they came by. */
function ownPath(address: string, publicUrl: string): string {
  return address.startsWith(`${publicUrl}/`) ? address.slice(publicUrl.length) : address;
}

function Cancel({ order, until }: { order: OrderView; until: string }) {
  return (
    <details class="card">
      <summary class="card-title-summary">{t.order.cancel}</summary>
      <form method="post" action={`/orders/${encodeURIComponent(order.id)}/cancel`}>
        <p>{t.order.cancelDetail(until, moneyText(order.totalMinor, order.currency))}</p>
        <div class="check">
          <input type="checkbox" id="sure" name="sure" value="yes" required />
          <label for="sure">{t.order.sure}</label>
        </div>
        <Button kind="danger">{t.order.cancelGo}</Button>
      </form>
    </details>
  );
}
