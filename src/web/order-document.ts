// An order as its documents need it: from the catalogue, for a buyer who has the page open. The mail's are made from the store; see
// workers/mail-attachments.ts.

import type { CompiledSeatMap, Showing, Venue } from "../catalogue/model.ts";
import type { OrderDocument } from "../documents/order-document.ts";
import type { OrderView, TicketView } from "../sales/sales.ts";
import { endOf } from "../sales/ticket-token.ts";
import { t } from "./messages.ts";

/** An order with what the catalogue knows of it; a showing that is long over is not known any more. */
export interface OrderFacts {
  order: OrderView;
  tickets: readonly TicketView[];
  showing: Showing | undefined;
  seatMap: CompiledSeatMap | undefined;
}

/** In the language of whoever reads it now. */
export function orderDocument(
  { order, tickets, showing, seatMap }: OrderFacts,
  about: { venue: Venue; showTitle: string; publicUrl: string },
): OrderDocument {
  const sections = sectionNames(showing, seatMap);
  return {
    orderId: order.id,
    language: t.language,
    buyerName: order.buyer.name,
    showTitle: about.showTitle,
    startsAt: order.startsAt,
    endsAt: endOf(order.startsAt, showing?.endsAt),
    venue: about.venue,
    auditorium: showing?.auditorium.name ?? "",
    tickets: tickets
      .filter((ticket) => ticket.status === "active" && ticket.token !== "")
      .map(({ id, seat, section, tier, token }) => ({
        id,
        seat,
        section: sections.get(section) ?? "",
        tier: order.tierNames[tier] ?? tier,
        token,
      })),
    cancelled: order.refundStatus === "whole" || showing?.status === "cancelled",
    placedAt: order.placedAt,
    publicUrl: about.publicUrl,
  };
}

/** Names of sections by id; empty where there is only one, which needs no name. */
export function sectionNames(
  showing: Showing | undefined,
  seatMap: CompiledSeatMap | undefined,
): ReadonlyMap<string, string> {
  if (!showing || !seatMap || showing.sections.length < 2) return new Map();
  return new Map(seatMap.layout.sections.map(({ id, name }) => [id, name]));
}
