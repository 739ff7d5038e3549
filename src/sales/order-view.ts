// Orders as people see them: from the inventory while it has them at hand, else from the store.

import type { OrderStatus, RefundStatus, Ticket } from "../domain/orders.ts";
import { tierNamesOf } from "../domain/pricing.ts";
import { Refusal } from "../domain/refusals.ts";
import { activePlaces } from "../inventory/orders.ts";
import type { InventoryOrder } from "../inventory/port.ts";
import { throwCommon, type SalesDeps } from "./deps.ts";
import { lookUp } from "./look-up.ts";
import type { Customer, OrderAccess, OrderView, TicketView } from "./sales.ts";
import { endOf, tokenOf } from "./ticket-token.ts";

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
    tierNames: tierNamesOf(order.terms.prices),
    totalMinor: draft.totalMinor,
    refundedMinor: order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    placedAt: draft.placedAt,
    holdId: order.holdId,
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
): Promise<{ view: OrderView; fingerprint: string; live?: InventoryOrder }> {
  const { live, stored } = await lookUp(deps.inventory, orderId, () => deps.orders.byId(orderId));
  const view = live ? viewOf(live) : stored;
  const fingerprint = (live ?? stored)?.fingerprint ?? "";
  if (!view || !mayOpen(deps, view, fingerprint, access)) throw new Refusal("not_found", "There is no such order.");
  return live ? { view, fingerprint, live } : { view, fingerprint };
}

/**
 * The order with what opens it, for whoever had held its seats: their browser lost the answer to placing it. Refuses `not_found`
 * to everybody else, and if there is none.
 */
export async function placedOrder(deps: SalesDeps, orderId: string, { holder }: Customer): Promise<OrderView> {
  const order = (await deps.inventory.orderById(orderId)) ?? (await deps.orders.forInventory(orderId));
  if (!order || order.holder !== holder) throw new Refusal("not_found", "There is no such order.");
  return { ...viewOf(order), secret: deps.secrets.of(order) };
}

/** The order for changing it: one that the inventory has forgotten, because the store has it, is known to it again. */
export async function orderAtHand(
  { inventory, orders, clock }: Pick<SalesDeps, "inventory" | "orders" | "clock">,
  orderId: string,
): Promise<InventoryOrder | undefined> {
  const { live, stored } = await lookUp(inventory, orderId, () => orders.forInventory(orderId));
  if (live || !stored) return live;
  const adopted = await inventory.adopt(stored, clock());
  if (!("refusal" in adopted)) return adopted;
  return adopted.refusal === "not_found" ? undefined : throwCommon(adopted);
}

/**
 * The order as the inventory or the store has it. That neither has it is certain only if the partition sold in one epoch all the
 * while: during a recovery an order may be nowhere, and the provider be the only one who remembers it.
 */
export async function certainOrder(
  { inventory, orders }: SalesDeps,
  orderId: string,
  partition: number,
): Promise<InventoryOrder | undefined | "uncertain"> {
  const epoch = await inventory.sellsIn(partition);
  if (epoch === undefined) return "uncertain";
  const known = (await inventory.orderById(orderId)) ?? (await orders.forInventory(orderId));
  return known || (await inventory.sellsIn(partition)) === epoch ? known : "uncertain";
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
  const endsAt = endOf(view.startsAt, (await deps.catalogue.showing(view.showingId))?.endsAt);
  return view.tickets.map((ticket) => ({ ...ticket, token: tokenOf(deps.signer, ticket, endsAt) }));
}

/** Orders of an account, newest showing first: those of the store and those still on their way to it. */
export async function ordersOf(deps: SalesDeps, accountId: string, page: { limit: number; before?: string }) {
  const stored = await deps.orders.ofAccount(accountId, page);
  if (page.before !== undefined) return stored;
  const recent = await deps.inventory.recentOrders(accountId);
  // The store may still call an order "paying" that was declined a moment ago: what the inventory says of it comes first.
  const known = new Set(recent.map((order) => order.orderId));
  const fresh = recent.filter((order) => order.status !== "declined" && order.status !== "cancelled").map(viewOf);
  const items = [...fresh, ...stored.items.filter((order) => !known.has(order.id))].toSorted(
    (a, b) => b.startsAt - a.startsAt,
  );
  return { ...stored, items };
}
