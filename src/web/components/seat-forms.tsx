// The three ways to take places: the best that are free, one's own choice of seats, and standing places by count.

import type { ComponentChildren } from "preact";
import type { Showing } from "../../catalogue/model.ts";
import { formatMoney } from "../../domain/money.ts";
import type { PriceTier } from "../../domain/pricing.ts";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { choosableTiers, type SectionView } from "../seats.ts";
import { Button } from "./buttons.tsx";
import { Checkbox, Field, FormMessage, Select } from "./fields.tsx";
import { Card } from "./frames.tsx";
import { SeatGrid } from "./seat-grid.tsx";

/** The most tickets that a field offers; how many one buyer may have is decided by the sale. */
const mostTickets = 20;

interface FormProps {
  showing: Showing;
  views: readonly SectionView[];
  form: FormState;
  /** Version of the seats as the page shows them: makes a form that is sent twice one hold. */
  version: number;
}

function HoldForm(props: {
  showing: Showing;
  pick: string;
  version: number;
  section?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={`/showings/${props.showing.id}/hold`} class="hold-form">
      <input type="hidden" name="pick" value={props.pick} />
      <input type="hidden" name="seen" value={props.version} />
      {props.section && <input type="hidden" name="at" value={props.section} />}
      {props.children}
    </form>
  );
}

/** Best available: how many of each ticket, where, and for how much at most. */
export function BestForm({ showing, views, form, version }: FormProps) {
  const seated = views.filter(({ section, range }) => section.kind === "seats" && range);
  const tiers = choosableTiers(seated);
  const money = (minor: number) => formatMoney(minor, showing.prices.currency);
  if (seated.length === 0) return null;
  return (
    <Card title={t.best.title} id="best">
      <HoldForm showing={showing} pick="best" version={version}>
        <FormMessage form={form} />
        {tiers.length > 0 ? (
          <TierCounts form={form} tiers={tiers} prefix="best." views={seated} showing={showing} first={2} />
        ) : (
          <Field
            form={form}
            name="quantity"
            label={t.best.quantity}
            type="number"
            inputMode="numeric"
            min={1}
            max={mostTickets}
            value="2"
            required
          />
        )}
        {seated.length > 1 && (
          <Select
            form={form}
            name="section"
            id="best-section"
            label={t.best.where}
            options={[
              { value: "", text: t.best.anywhere },
              ...seated.map(({ section, left, range }) => ({
                value: section.id,
                text: `${section.name} · ${t.showtimes.from(money(range?.minMinor ?? 0))} · ${t.seats.left(left)}`,
              })),
            ]}
          />
        )}
        {seated.length > 1 && (
          <Field form={form} name="maxPrice" label={t.best.maxPrice} inputMode="decimal" hint={t.best.maxPriceHint} />
        )}
        <Checkbox form={form} name="accessible" label={t.best.accessible} />
        <Button>{t.best.go}</Button>
      </HoldForm>
    </Card>
  );
}

/** How many tickets of each tier, with their prices. */
function TierCounts(props: {
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
      <legend class="legend">{t.best.tickets}</legend>
      <div class="tier-counts">
        {props.tiers.map((tier, index) => (
          <Field
            key={tier.id}
            form={props.form}
            name={`${props.prefix}${tier.id}`}
            label={tier.name}
            hint={priceText(tier, props.views, props.showing.prices.currency)}
            type="number"
            inputMode="numeric"
            min={0}
            max={mostTickets}
            value={index === 0 ? String(props.first) : "0"}
            plain
          />
        ))}
      </div>
    </fieldset>
  );
}

/** `$14.58`, or from the lowest. */
function priceText(tier: PriceTier, views: readonly SectionView[], currency: string): string {
  const prices = views.flatMap((view) => view.prices.filter((price) => price.tier.id === tier.id));
  const amounts = prices.map((price) => price.totalMinor);
  const lowest = Math.min(...amounts);
  const text = formatMoney(lowest, currency);
  return Math.max(...amounts) === lowest ? text : t.showtimes.from(text);
}

/** Standing places by count. */
export function StandingForm({ showing, views, form, version }: FormProps) {
  const standing = views.filter(({ section, range }) => section.kind === "standing" && range);
  if (standing.length === 0) return null;
  return (
    <Card title={t.standing.title} id="standing">
      <HoldForm showing={showing} pick="standing" version={version}>
        <FormMessage form={form} />
        {standing.map(({ section, prices, left }) => (
          <fieldset key={section.id}>
            <legend class="legend">
              {section.name} <span class="hint">{t.standing.left(left)}</span>
            </legend>
            <div class="tier-counts">
              {prices.map(({ tier, totalMinor }) => (
                <Field
                  key={tier.id}
                  form={form}
                  name={`standing.${section.id}.${tier.id}`}
                  label={tier.name}
                  hint={formatMoney(totalMinor, showing.prices.currency)}
                  type="number"
                  inputMode="numeric"
                  min={0}
                  max={mostTickets}
                  value="0"
                  plain
                />
              ))}
            </div>
          </fieldset>
        ))}
        <Button>{t.standing.go}</Button>
      </HoldForm>
    </Card>
  );
}

/** Seats of one's own choice: of one section, or of the whole map where it is small. */
export function SeatsForm(
  props: FormProps & { shown: readonly SectionView[]; states: string; stage: string; section?: string | undefined },
) {
  const { showing, form, version, shown, states, stage } = props;
  const tiers = choosableTiers(shown).slice(1);
  const ticked = new Set(form.values.all("seat"));
  const prices = Object.fromEntries(
    shown.map(({ layout, prices }) => [layout.start, prices.map(({ tier, totalMinor }) => [tier.id, totalMinor])]),
  );
  return (
    <HoldForm showing={showing} pick="seats" version={version} section={props.section}>
      <FormMessage form={form} />
      <ul class="seat-legend" aria-hidden="true">
        <li>
          <span class="seat-sample seat-sample-free" /> {t.seatMap.free}
        </li>
        <li>
          <span class="seat-sample seat-sample-yours" /> {t.seatMap.yours}
        </li>
        <li>
          <span class="seat-sample seat-sample-taken" /> {t.seatMap.notFree}
        </li>
        <li>
          <span class="seat-sample seat-sample-access" /> {t.seatMap.wheelchair}
        </li>
      </ul>
      <div class="seat-frame" role="region" aria-label={t.seatMap.seats} tabIndex={0}>
        <div class="seat-room">
          <p class="seat-stage">{stage}</p>
          {shown.map(({ section, layout }) =>
            section.kind === "seats" ? (
              <fieldset key={section.id} class="seat-section">
                <legend class={shown.length === 1 ? "unseen" : ""}>{section.name}</legend>
                <SeatGrid section={section} start={layout.start} states={states} ticked={ticked} />
              </fieldset>
            ) : null,
          )}
        </div>
      </div>
      {tiers.length > 0 && (
        <fieldset>
          <legend class="legend">{t.seatMap.reduced}</legend>
          <p class="hint">{t.seatMap.reducedHint(choosableTiers(shown)[0]?.name ?? "")}</p>
          <div class="tier-counts">
            {tiers.map((tier) => (
              <Field
                key={tier.id}
                form={form}
                name={`tier.${tier.id}`}
                label={tier.name}
                hint={priceText(tier, shown, showing.prices.currency)}
                type="number"
                inputMode="numeric"
                min={0}
                max={mostTickets}
                value="0"
                plain
              />
            ))}
          </div>
        </fieldset>
      )}
      <div
        class="seat-go"
        data-seats={showing.id}
        data-prices={JSON.stringify(prices)}
        data-currency={showing.prices.currency}
        data-taken={t.seatMap.lost}
      >
        <p class="seat-chosen" role="status" />
        <Button>{t.seatMap.go}</Button>
      </div>
    </HoldForm>
  );
}
