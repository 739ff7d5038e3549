// How an order stands, in a sentence, and what to do about it.

import type { OrderView } from "../../sales/sales.ts";
import { t } from "../messages.ts";
import { ButtonLink } from "./buttons.tsx";
import { Notice } from "./frames.tsx";

/** `publicUrl` is what the site's own addresses begin with. */
export function OrderStatus({ order, publicUrl }: { order: OrderView; publicUrl: string }) {
  const explained = t.order.explained[order.status];
  switch (order.status) {
    case "confirmed":
      if (order.refundStatus !== "none") {
        const title = order.refundStatus === "whole" ? t.order.refundedWhole : t.order.refundedPart;
        return <Notice kind="warning" title={title} />;
      }
      return (
        <Notice kind="done">
          <p>{explained}</p>
        </Notice>
      );
    case "paying":
      if (!order.actionUrl) break;
      return (
        <Notice kind="warning" title={t.order.action}>
          <p>{t.order.actionDetail}</p>
          <p>
            <ButtonLink href={ownPath(order.actionUrl, publicUrl)}>{t.order.actionGo}</ButtonLink>
          </p>
        </Notice>
      );
    default:
  }
  return (
    <Notice kind={order.status === "paying" ? "info" : "error"}>
      <p>{explained}</p>
      {order.status !== "paying" && (
        <p class="actions">
          {order.status === "declined" && order.holdId !== undefined && (
            <ButtonLink href={`/holds/${order.holdId}`}>{t.order.payAgain}</ButtonLink>
          )}
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
