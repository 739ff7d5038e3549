// What can be done with an order: into a calendar, onto paper, the way there, the mail again, cancelling it.

import type { Venue } from "../../catalogue/model.ts";
import type { OrderView } from "../../sales/sales.ts";
import { withQuery } from "../addresses.ts";
import type { CancelPolicy } from "../cancel-policy.ts";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { momentText, zoneText } from "../times.ts";
import { ActionForm, Button } from "./buttons.tsx";
import { Checkbox, FormMessage } from "./fields.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** Beside the tickets: what one does with them before one goes. */
export function TicketActions({ order, venue }: { order: OrderView; venue: Venue | undefined }) {
  const at = `/orders/${encodeURIComponent(order.id)}`;
  return (
    <div class="actions ticket-actions screen-only">
      {venue && (
        <>
          <Action icon="calendar" href={`${at}/calendar.ics`} text={t.order.calendar} />
          <Action icon="download" href={`${at}/tickets.pdf`} text={t.order.pdf} />
          <a class="button button-quiet" href={directionsTo(venue)} target="_blank" rel="noopener noreferrer">
            <Icon name="pin" />
            {t.order.directions}
            <span class="unseen"> ({t.checkout.newTab})</span>
          </a>
        </>
      )}
      <ActionForm action={`${at}/mails`}>{t.order.mailAgain}</ActionForm>
    </div>
  );
}

function Action({ icon, href, text }: { icon: IconName; href: string; text: string }) {
  return (
    <a class="button button-quiet" href={href} download>
      <Icon name={icon} />
      {text}
    </a>
  );
}

/** A map that needs no account and follows nobody; phones offer it to the map they have. */
function directionsTo({ latitude, longitude }: Pick<Venue, "latitude" | "longitude">): string {
  return withQuery("https://www.openstreetmap.org/directions", { to: `${latitude},${longitude}` });
}

/** Cancelling, where the policy allows it; else a sentence why not. */
export function CancelOrder(props: {
  order: OrderView;
  policy: CancelPolicy;
  form: FormState;
  timeZone: string;
  now: number;
}) {
  const { order, policy, form, timeZone, now } = props;
  if (policy === undefined) return null;
  if (policy === "never") return <p class="soft">{t.order.cancelNever}</p>;
  const until = `${momentText(policy.until, timeZone)} ${zoneText(policy.until, timeZone)}`;
  if (policy.until < now) return <p class="soft">{t.order.cancelLate(until)}</p>;
  const back = moneyText(order.totalMinor - order.refundedMinor, order.currency);
  return (
    <details class="card" open={form.message !== undefined || Object.keys(form.errors).length > 0}>
      <summary class="card-title-summary">{t.order.cancel}</summary>
      <form method="post" action={`/orders/${encodeURIComponent(order.id)}/cancel`}>
        <FormMessage form={form} />
        <p>{t.order.cancelDetail(until)}</p>
        <p>
          <strong>{t.order.cancelBack(back)}</strong> {t.order.cancelWay}
        </p>
        <Checkbox form={form} name="sure" label={t.order.sure} />
        <Button kind="danger">{t.order.cancelGo}</Button>
      </form>
    </details>
  );
}
