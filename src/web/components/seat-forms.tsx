// Taking places without seeing them: the best that are free, and standing places by count.

import type { ComponentChildren } from "preact";
import type { Showing } from "../../catalogue/model.ts";
import { currencyDigits } from "../../domain/money.ts";
import type { PriceTier } from "../../domain/pricing.ts";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { choosableTiers, type SectionView } from "../seats.ts";
import { Button } from "./buttons.tsx";
import { Checkbox, Field, FormMessage, Select } from "./fields.tsx";
import { Card } from "./frames.tsx";

/** The most tickets that a field offers; how many one buyer may have is decided by the sale. */
const mostTickets = 20;

export interface SeatFormProps {
  showing: Showing;
  views: readonly SectionView[];
  form: FormState;
  /** Version of the seats as the page shows them: makes a form that is sent twice one hold. */
  version: number;
}

/** A form that asks for a hold. */
export function HoldForm(props: {
  showing: Showing;
  pick: string;
  version: number;
  id?: string;
  section?: string | undefined;
  children: ComponentChildren;
}) {
  const id = props.id === undefined ? {} : { id: props.id };
  return (
    <form method="post" action={`/showings/${props.showing.id}/hold`} class="hold-form" {...id}>
      <input type="hidden" name="pick" value={props.pick} />
      <input type="hidden" name="seen" value={props.version} />
      {props.section && <input type="hidden" name="at" value={props.section} />}
      {props.children}
    </form>
  );
}

/** Best available: how many of each ticket, and for whoever wants to say so where, for how much, and whether with a wheelchair. */
export function BestForm({ showing, views, form, version }: SeatFormProps) {
  const seated = views.filter(({ section, range }) => section.kind === "seats" && range);
  const tiers = choosableTiers(seated);
  if (seated.length === 0) return null;
  return (
    <Card title={t.best.title} id="best">
      <HoldForm showing={showing} pick="best" version={version} id="best-form">
        <FormMessage form={form} />
        {tiers.length > 0 ? (
          <TierCounts form={form} tiers={tiers} prefix="best." views={seated} showing={showing} first={2} />
        ) : (
          <div class="counters">
            <Field
              form={form}
              name="quantity"
              label={t.best.quantity}
              hint={
                seated.length === 1 ? moneyText(seated[0]?.range?.minMinor ?? 0, showing.prices.currency) : undefined
              }
              {...countOf(1, "2")}
              required
            />
          </div>
        )}
        {seated.length > 1 ? (
          <Wishes form={form} seated={seated} showing={showing} />
        ) : (
          <Checkbox form={form} name="accessible" label={t.best.accessible} />
        )}
        <Button wide>{t.best.go}</Button>
      </HoldForm>
    </Card>
  );
}

/** Folded away, unless something was said in it. */
function Wishes(props: { form: FormState; seated: readonly SectionView[]; showing: Showing }) {
  const { form, seated, showing } = props;
  const { currency } = showing.prices;
  const money = (minor: number) => moneyText(minor, currency);
  const said = ["section", "maxPrice", "accessible"].some((name) => form.values.text(name) !== "");
  const prices = [...new Set(seated.map((view) => view.prices[0]?.totalMinor ?? 0))].toSorted((a, b) => a - b);
  const digits = currencyDigits(currency);
  return (
    <details class="wishes" open={said}>
      <summary>{t.best.more}</summary>
      <Select
        form={form}
        name="section"
        id="best-section"
        label={t.best.where}
        options={[
          { value: "", text: t.best.anywhere },
          ...seated.map(({ section, left, range }) => ({
            value: section.id,
            text: `${section.name} · ${t.showtimes.from(money(range?.minMinor ?? 0))} · ${t.seatMap.seatsLeft(left)}`,
          })),
        ]}
      />
      <Select
        form={form}
        name="maxPrice"
        label={t.best.maxPrice}
        options={[
          { value: "", text: t.best.anyPrice },
          ...prices.map((minor) => ({
            value: (minor / 10 ** digits).toFixed(digits),
            text: t.best.upTo(money(minor)),
          })),
        ]}
      />
      <Checkbox form={form} name="accessible" label={t.best.accessible} />
    </details>
  );
}

/** How many tickets of each tier, with their prices. Scripts put buttons beside the fields. */
export function TierCounts(props: {
  form: FormState;
  tiers: readonly PriceTier[];
  prefix: string;
  views: readonly SectionView[];
  showing: Showing;
  /** Of the first tier, if the form is fresh. */
  first: number;
}) {
  return (
    <fieldset>
      <legend class="unseen">{t.best.tickets}</legend>
      <div class="counters">
        {props.tiers.map((tier, index) => (
          <Field
            key={tier.id}
            form={props.form}
            name={`${props.prefix}${tier.id}`}
            label={tier.name}
            hint={priceText(tier, props.views, props.showing.prices.currency)}
            {...countOf(0, index === 0 ? String(props.first) : "0")}
            plain
          />
        ))}
      </div>
    </fieldset>
  );
}

const countOf = (min: number, value: string) =>
  ({ type: "number", inputMode: "numeric", min, max: mostTickets, value }) as const;

/** `$14.58`, or from the lowest. */
function priceText(tier: PriceTier, views: readonly SectionView[], currency: string): string {
  const prices = views.flatMap((view) => view.prices.filter((price) => price.tier.id === tier.id));
  const amounts = prices.map((price) => price.totalMinor);
  const lowest = Math.min(...amounts);
  const text = moneyText(lowest, currency);
  return Math.max(...amounts) === lowest ? text : t.showtimes.from(text);
}

/** Standing places by count. */
export function StandingForm({ showing, views, form, version }: SeatFormProps) {
  const standing = views.filter(({ section, range }) => section.kind === "standing" && range);
  if (standing.length === 0) return null;
  return (
    <Card title={t.standing.title} id="standing">
      <HoldForm showing={showing} pick="standing" version={version} id="standing-form">
        <FormMessage form={form} />
        {standing.map(({ section, prices, left }) => (
          <fieldset key={section.id}>
            <legend class="legend">
              {section.name} <span class="hint">{t.standing.left(left)}</span>
            </legend>
            <div class="counters">
              {prices.map(({ tier, totalMinor }) => (
                <Field
                  key={tier.id}
                  form={form}
                  name={`standing.${section.id}.${tier.id}`}
                  label={tier.name}
                  hint={moneyText(totalMinor, showing.prices.currency)}
                  {...countOf(0, "0")}
                  plain
                />
              ))}
            </div>
          </fieldset>
        ))}
        <Button wide>{t.standing.go}</Button>
      </HoldForm>
    </Card>
  );
}
