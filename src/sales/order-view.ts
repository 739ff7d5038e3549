// Orders as people see them: from the inventory while it has them at hand, else from the store.

import type { OrderStatus, RefundStatus, Ticket } from "../domain/orders.ts";
import { Refusal } from "../domain/refusals.ts";
import { activePlaces } from "../inventory/orders.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import type { SalesDeps } from "./deps.ts";
import type { OrderAccess, OrderView, TicketView } from "./sales.ts";

/** After the end of a showing its tickets stay readable for so long: films start late, doors open again. */
const validAfterEndMs = 6 * 3_600_000;

/** A ticket's name: its order and its place. */
export function ticketId(orderId: string, place: number): string {
  return `${orderId}.${place}`;
}

export function viewOf(order: InventoryOrder): OrderView {
  const { draft } = order;
  const active = new Set(activePlaces(order));
  const tickets =
    order.status !== "confirmed"
      ? []
      : order.places.map((place, index): Ticket => {
          const line = draft.lines[index];
          return {
            id: ticketId(order.orderId, place),
            orderId: order.orderId,
            showingId: draft.showingId,
            place,
            seat: line?.seat ?? "",
            section: line?.section ?? "",
            tier: line?.tier ?? "",
            generation: order.generations[index] ?? 1,
            status: active.has(place) ? "active" : "void",
          };
        });
  return {
    id: order.orderId,
    status: order.status,
    refundStatus: refundStatusOf(order.status, tickets),
    showingId: draft.showingId,
    showId: draft.showId,
    venueId: draft.venueId,
    sellerId: draft.sellerId,
    startsAt: draft.startsAt,
    buyer: draft.buyer,
    ...(draft.accountId === undefined ? {} : { accountId: draft.accountId }),
    currency: draft.currency,
    lines: draft.lines,
    totalMinor: draft.totalMinor,
    refundedMinor: order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    placedAt: draft.placedAt,
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    tickets,
  };
}

/** How much of an order was given back, by its tickets. */
export function refundStatusOf(status: OrderStatus, tickets: readonly Pick<Ticket, "status">[]): RefundStatus {
  if (status !== "confirmed" || tickets.every((ticket) => ticket.status === "active")) return "none";
  return tickets.some((ticket) => ticket.status === "active") ? "part" : "whole";
}

/** The order if the asker may see it; else `not_found`, so that ids tell nothing. Throws also if there is none. */
export async function findOrder(
  deps: SalesDeps,
  orderId: string,
  access: OrderAccess,
): Promise<{ view: OrderView; live?: InventoryOrder }> {
  const live = await deps.inventory.orderById(orderId);
  const stored = live ? undefined : await deps.orders.byId(orderId);
  const view = live ? viewOf(live) : stored;
  const fingerprint = (live ?? stored)?.fingerprint ?? "";
  if (!view || !mayOpen(deps, view, fingerprint, access)) throw new Refusal("not_found", "There is no such order.");
  return live ? { view, live } : { view };
}

function mayOpen(deps: SalesDeps, view: OrderView, fingerprint: string, access: OrderAccess): boolean {
  if (access.operator) return true;
  if (access.accountId !== undefined && access.accountId === view.accountId) return true;
  if (access.sellerIds?.includes(view.sellerId)) return true;
  return access.secret !== undefined && deps.secrets.matches({ orderId: view.id, fingerprint }, access.secret);
}

/** The order's tickets with tokens; void ones have none. */
export async function tickets(deps: SalesDeps, orderId: string, access: OrderAccess): Promise<readonly TicketView[]> {
  const { view } = await findOrder(deps, orderId, access);
  const endsAt = (await deps.catalogue.showing(view.showingId))?.endsAt ?? view.startsAt + 6 * 3_600_000;
  return view.tickets.map((ticket) => ({
    ...ticket,
    token:
      ticket.status === "void"
        ? ""
        : deps.signer.sign({
            showingId: ticket.showingId,
            ticketId: ticket.id,
            place: ticket.place,
            seat: ticket.seat,
            section: ticket.section,
            tier: ticket.tier,
            generation: ticket.generation,
            validUntil: endsAt + validAfterEndMs,
          }),
  }));
}

/** Orders of an account, newest showing first: those of the store and those still on their way to it. */
export async function ordersOf(deps: SalesDeps, accountId: string, page: { limit: number; before?: string }) {
  const stored = await deps.orders.ofAccount(accountId, page);
  if (page.before !== undefined) return stored;
  const recent = (await deps.inventory.recentOrders(accountId))
    .filter((order) => order.status !== "declined" && order.status !== "cancelled")
    .map(viewOf);
  const fresh = new Set(recent.map((order) => order.id));
  const items = [...recent, ...stored.items.filter((order) => !fresh.has(order.id))].toSorted(
    (a, b) => b.startsAt - a.startsAt,
  );
  return { ...stored, items };
}
