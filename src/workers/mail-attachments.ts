// What goes with the mail of an order: its tickets to print, and its entry for a calendar.

import { LRUCache } from "lru-cache";
import { calendarOf } from "../documents/calendar.ts";
import type { OrderDocument } from "../documents/order-document.ts";
import { documentTexts } from "../documents/texts.ts";
import { paperOf, ticketsPdf } from "../documents/tickets-pdf.ts";
import { defaultLanguage } from "../domain/languages.ts";
import { tokenOf, type TicketSigner } from "../sales/ticket-token.ts";
import type { Store } from "../store/open.ts";
import { createOrderStore, type StoredOrder } from "../store/orders.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { showingFacts, type ShowingFacts } from "../store/showing-facts.ts";
import type { MailAttachment } from "./mail-transport.ts";

export interface AttachmentSettings {
  store: Pick<Store, "db">;
  signer: Pick<TicketSigner, "sign">;
  publicUrl: string;
}

/** More tickets than this are looked at on the order's page: mailboxes refuse what is large. */
const mostTickets = 20;
/** The mails of an on-sale are about one showing. */
const rememberedShowings = 200;
const factsFreshMs = 60_000;

/**
 * The files for a mail: none unless it sends tickets. They are those of the order as it stands now, so a mail that waited sends
 * no ticket that was given back meanwhile.
 */
export function createMailAttachments({ store, signer, publicUrl }: AttachmentSettings) {
  const orders = createOrderStore(store.db);
  const known = new LRUCache<string, ShowingFacts>({ max: rememberedShowings, ttl: factsFreshMs });
  const factsOf = async (showingId: string) => {
    const facts = known.get(showingId) ?? (await showingFacts(store, showingId));
    if (facts) known.set(showingId, facts);
    return facts;
  };
  return async (mail: OutboxEntry): Promise<readonly MailAttachment[]> => {
    if (mail.kind !== "order-confirmed" && mail.kind !== "order-moved") return [];
    const order = await orders.byId(mail.body.orderId);
    const facts = order && (await factsOf(order.showingId));
    if (!order || !facts) return [];
    const document = documentOf(order, facts, signer, publicUrl);
    const { tickets, language, venue } = document;
    if (tickets.length === 0 || tickets.length > mostTickets) return [];
    const words = documentTexts(language);
    return [
      {
        filename: `${words.ticket.file}.pdf`,
        content: await ticketsPdf(document, paperOf(venue.country)),
        contentType: "application/pdf",
      },
      {
        filename: `${words.calendar.file}.ics`,
        content: Buffer.from(calendarOf(document)),
        contentType: "text/calendar; charset=utf-8",
      },
    ];
  };
}

function documentOf(
  order: StoredOrder,
  facts: ShowingFacts,
  signer: AttachmentSettings["signer"],
  publicUrl: string,
): OrderDocument {
  const { venue, showTitle, endsAt, auditorium, cancelled, sections } = facts;
  return {
    orderId: order.id,
    language: order.buyer.language ?? defaultLanguage,
    buyerName: order.buyer.name,
    showTitle,
    startsAt: order.startsAt,
    endsAt,
    venue: { ...venue, timeZone: venue.time_zone },
    auditorium,
    tickets: order.tickets
      .filter((ticket) => order.status === "confirmed" && ticket.status === "active")
      .map((ticket) => ({
        id: ticket.id,
        seat: ticket.seat,
        section: sections.get(ticket.section) ?? "",
        tier: order.tierNames[ticket.tier] ?? ticket.tier,
        token: tokenOf(signer, ticket, endsAt),
      })),
    cancelled,
    placedAt: order.placedAt,
    publicUrl,
  };
}
