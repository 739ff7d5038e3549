// The address of a hold that is bought: whoever goes back from the order finds no form there, but the way to the order.

import type { OrderView } from "../../sales/sales.ts";
import { ButtonLink } from "../components/buttons.tsx";
import { ShowingSummary } from "../components/showing-summary.tsx";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** The page in place of the check-out once its hold became an order. */
export function drawBought({ catalogue }: PageServices, order: OrderView): PageOptions {
  const texts = order.status === "paying" ? t.checkout.beingPaid : t.checkout.bought;
  return {
    title: texts.title,
    private: true,
    body: (
      <div class="narrow">
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <div class="card">
          <ShowingSummary
            catalogue={catalogue}
            showing={undefined}
            showId={order.showId}
            venueId={order.venueId}
            startsAt={order.startsAt}
          />
          <p class="actions">
            <ButtonLink href={`/orders/${encodeURIComponent(order.id)}`}>{texts.go}</ButtonLink>
            <ButtonLink href={`/showings/${order.showingId}`} kind="quiet">
              {t.checkout.more}
            </ButtonLink>
          </p>
        </div>
      </div>
    ),
  };
}
