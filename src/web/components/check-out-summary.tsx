// What is being bought, beside the form that pays for it: on phones a bar above it with the total, which unfolds.

import type { Catalogue } from "../../catalogue/model.ts";
import { tierNamesOf } from "../../domain/pricing.ts";
import type { PricedHold } from "../../sales/sales.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { ActionForm } from "./buttons.tsx";
import { Icon } from "./icon.tsx";
import { PriceLines } from "./price-lines.tsx";
import { ShowingSummary } from "./showing-summary.tsx";

/** `release`: whether the seats can be given back. */
export function CheckOutSummary(props: {
  catalogue: Pick<Catalogue, "show" | "venue">;
  hold: PricedHold;
  release: boolean;
}) {
  const { catalogue, hold, release } = props;
  const { showing, lines, currency, totalMinor } = hold;
  return (
    <details class="check-out-summary card">
      <summary>
        <span>
          {t.lines.tickets(lines.length)} · <strong>{moneyText(totalMinor, currency)}</strong>
        </span>
        <Icon name="down" />
      </summary>
      <h2 class="card-title">{t.checkout.yourTickets}</h2>
      <ShowingSummary
        {...{ catalogue, showing }}
        showId={showing.showId}
        venueId={showing.venueId}
        startsAt={showing.startsAt}
      />
      <PriceLines {...{ lines, currency, totalMinor }} tierNames={tierNamesOf(showing.prices)} />
      {release && (
        <ActionForm action={`/holds/${hold.id}/release`} small>
          {t.checkout.release}
        </ActionForm>
      )}
    </details>
  );
}
