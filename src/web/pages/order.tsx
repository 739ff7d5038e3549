// An order: how it stands, its tickets ready for the door, for paper and for a calendar, what it cost, and cancelling it.

import type { FastifyReply, FastifyRequest } from "fastify";
import { calendarOf } from "../../documents/calendar.ts";
import { documentTexts } from "../../documents/texts.ts";
import { paperOf, ticketsPdf } from "../../documents/tickets-pdf.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import type { OrderView } from "../../sales/sales.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { CancelOrder, TicketActions } from "../components/order-actions.tsx";
import { OrderStatus } from "../components/order-status.tsx";
import { Card, Facts, Notice, PageHead } from "../components/frames.tsx";
import { PriceLines } from "../components/price-lines.tsx";
import { ShowingSummary } from "../components/showing-summary.tsx";
import { Ticket } from "../components/ticket.tsx";
import type { CancelPolicy } from "../cancel-policy.ts";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { orderDocument, sectionNames, type OrderFacts } from "../order-document.ts";
import { keepOrderKey, orderAccess } from "../order-key.ts";
import { PageRefusal, sentenceOf } from "../page-refusal.ts";
import type { BuyingServices } from "../services.ts";
import { momentText } from "../times.ts";

type Request = FastifyRequest<{ Params: { id: string } }>;

/** A copy that a browser saves of the page is dropped so long after the start: latecomers and long nights included. */
const savedAfterStartMs = 12 * 3_600_000;

/**
 * `GET /orders/:id` (a guest's with `?key=` at first), `POST /orders/:id/cancel`, `POST /orders/:id/mails`,
 * `GET /orders/:id/tickets.pdf`, `GET /orders/:id/calendar.ics`
 */
export function registerOrder(server: Server, services: BuyingServices): void {
  const addressOf = ({ params }: Request) => `/orders/${encodeURIComponent(params.id)}`;
  server.get("/orders/:id", async (request: Request, reply) => {
    const { id } = request.params;
    const query = queryValues(request);
    const key = query.text("key", 64);
    if (key !== "") {
      // Out of the address, so that it is in no history, log or Referer; only a key that opens the order is kept.
      await services.sales.order(id, { secret: key });
      keepOrderKey(services, reply, id, key);
      void reply.header("referrer-policy", "no-referrer");
      return seeOther(reply, addressOf(request));
    }
    const facts = await factsOf(services, request);
    const done = query.has("mailed") ? t.order.mailed(facts.order.buyer.email) : undefined;
    return sendPage(services, reply, await drawOrder(services, facts, { form: freshForm(), done }));
  });
  server.post("/orders/:id/cancel", async (request: Request, reply) => {
    const access = await orderAccess(services, request);
    const sure = formValues(request).has("sure");
    const refused = await refusalOf(async () => {
      if (!sure) throw new PageRefusal("invalid_request", t.order.notSure, { field: "sure" });
      await services.sales.cancelOrder(request.params.id, access);
    });
    if (!refused) return seeOther(reply, addressOf(request));
    const form = refusedForm(formValues(request), refused, ["sure"]);
    const drawn = await drawOrder(services, await factsOf(services, request), { form });
    return sendRefused(services, reply, drawn, refused);
  });
  server.post("/orders/:id/mails", async (request: Request, reply) => {
    const access = await orderAccess(services, request);
    const refused = await refusalOf(() => services.sales.resendTickets(request.params.id, access));
    if (!refused) return seeOther(reply, `${addressOf(request)}?mailed`);
    const problem = refused.code === "too_many_requests" ? t.order.mailedBefore : sentenceOf(refused);
    const drawn = await drawOrder(services, await factsOf(services, request), { form: freshForm(), problem });
    return sendRefused(services, reply, drawn, refused);
  });
  // Whoever loads a form again that was refused comes back to the page.
  for (const form of ["cancel", "mails"]) {
    server.get(`/orders/:id/${form}`, (request: Request, reply) => seeOther(reply, addressOf(request)));
  }
  registerDocuments(server, services);
}

/** The files have the page's own access, and no cache keeps them. */
function registerDocuments(server: Server, services: BuyingServices): void {
  const documentOf = async (request: Request, reply: FastifyReply) => {
    const facts = await factsOf(services, request);
    const { order } = facts;
    const venue = services.catalogue.venue(order.venueId);
    if (order.status !== "confirmed" || !venue) throw new Refusal("not_found");
    void reply.header("cache-control", "private, no-store");
    const showTitle = services.catalogue.show(order.showId)?.title ?? t.showing.unnamed;
    return orderDocument(facts, { venue, showTitle, publicUrl: services.publicUrl });
  };
  server.get("/orders/:id/tickets.pdf", async (request: Request, reply) => {
    const document = await documentOf(request, reply);
    if (document.tickets.length === 0) throw new Refusal("ticket_void");
    const name = documentTexts(document.language).ticket.file;
    const pdf = await ticketsPdf(document, paperOf(document.venue.country));
    return reply.header("content-disposition", `attachment; filename="${name}.pdf"`).type("application/pdf").send(pdf);
  });
  server.get("/orders/:id/calendar.ics", async (request: Request, reply) => {
    const document = await documentOf(request, reply);
    const name = documentTexts(document.language).calendar.file;
    return reply
      .header("content-disposition", `attachment; filename="${name}.ics"`)
      .type("text/calendar; charset=utf-8")
      .send(calendarOf(document));
  });
}

/** What was refused of work that leaves the order in place; everything else is thrown. */
async function refusalOf(work: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code !== "not_found") return error;
    throw error;
  }
}

async function factsOf(services: BuyingServices, request: Request): Promise<OrderFacts> {
  const { id } = request.params;
  const access = await orderAccess(services, request);
  const order = await services.sales.order(id, access);
  const tickets = order.status === "confirmed" ? await services.sales.tickets(id, access) : [];
  const showing = await services.catalogue.showing(order.showingId);
  const seatMap = showing && (await services.catalogue.seatMap(showing.seatMapId));
  return { order, tickets, showing, seatMap };
}

interface Drawn {
  /** Of cancelling. */
  form: FormState;
  done?: string | undefined;
  problem?: string;
}

async function drawOrder(services: BuyingServices, facts: OrderFacts, drawn: Drawn): Promise<PageOptions> {
  const { order } = facts;
  const confirmed = order.status === "confirmed";
  const cancellable = confirmed && order.refundStatus === "none" && services.clock() < order.startsAt;
  const policy = cancellable ? await services.cancelPolicies.of(order) : undefined;
  const title = t.order.titles[order.status];
  const good = facts.tickets.some((ticket) => ticket.status === "active");
  return {
    title,
    part: "account",
    private: true,
    styles: ["order"],
    ...(good ? { islands: ["order"] } : {}),
    ...(order.status === "paying" && !order.actionUrl ? { refreshSeconds: 3 } : {}),
    body: (
      <>
        <PageHead title={title} />
        {good && <SavedCopy order={order} />}
        {drawn.done !== undefined && (
          <Notice kind="done">
            <p>{drawn.done}</p>
          </Notice>
        )}
        {drawn.problem !== undefined && (
          <Notice kind="error">
            <p>{drawn.problem}</p>
          </Notice>
        )}
        <OrderStatus order={order} publicUrl={services.publicUrl} />
        {confirmed && <Tickets services={services} facts={facts} actions={good} />}
        <Details {...{ services, facts, policy }} form={drawn.form} />
      </>
    ),
  };
}

/** Shown by the page's script on a copy that the browser saved; `data-keep-until` says that it may save one, and how long. */
function SavedCopy({ order }: { order: OrderView }) {
  return (
    <div
      class="notice notice-warning saved-copy"
      role="status"
      hidden
      data-showing={order.showingId}
      data-keep-until={order.startsAt + savedAfterStartMs}
      data-text={t.order.saved("%")}
    />
  );
}

function Tickets({ services, facts, actions }: { services: BuyingServices; facts: OrderFacts; actions: boolean }) {
  const { order, tickets, showing, seatMap } = facts;
  const sections = sectionNames(showing, seatMap);
  if (tickets.length === 0) return null;
  return (
    <>
      <h2 id="tickets" class="unseen">
        {t.order.tickets(tickets.length)}
      </h2>
      {/* On phones one fills the screen, and the others are beside it. */}
      <div class="tickets" role="region" aria-labelledby="tickets" tabIndex={0}>
        {tickets.map((ticket, index) => (
          <Ticket
            key={ticket.id}
            catalogue={services.catalogue}
            {...{ showing, order, ticket }}
            section={sections.get(ticket.section)}
            position={t.order.position(index + 1, tickets.length)}
          />
        ))}
      </div>
      {actions && <TicketActions order={order} venue={services.catalogue.venue(order.venueId)} />}
    </>
  );
}

interface DetailsProps {
  services: BuyingServices;
  facts: OrderFacts;
  policy: CancelPolicy;
  form: FormState;
}

function Details({ services, facts: { order, showing }, policy, form }: DetailsProps) {
  const { catalogue } = services;
  const timeZone = catalogue.venue(order.venueId)?.timeZone ?? "UTC";
  const { lines, currency, totalMinor, refundedMinor, buyer } = order;
  const facts = [
    { name: t.order.number, value: <code class="order-number">{order.id}</code> },
    { name: t.order.placed, value: momentText(order.placedAt, timeZone) },
    { name: t.order.buyer, value: `${buyer.name}, ${buyer.email}` },
    ...(refundedMinor > 0 ? [{ name: t.order.refunded, value: moneyText(refundedMinor, currency) }] : []),
  ];
  return (
    <div class="screen-only stack order-details">
      <Card title={t.order.details}>
        <ShowingSummary
          {...{ catalogue, showing }}
          showId={order.showId}
          venueId={order.venueId}
          startsAt={order.startsAt}
        />
        <PriceLines {...{ lines, currency, totalMinor }} tierNames={order.tierNames} />
        <Facts items={facts} />
      </Card>
      <CancelOrder {...{ order, policy, form, timeZone }} now={services.clock()} />
    </div>
  );
}
