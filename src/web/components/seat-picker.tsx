// Seats of one's own choice: as boxes to tick for everybody, and as what scripts make a map of. The map shows a whole room, or
// its sections and then their seats where it is large.

import type { SeatMap } from "../../domain/seat-map.ts";
import { t } from "../messages.ts";
import type { PickerData } from "../picker/data.ts";
import { choosableTiers, marksIn, packedSeats, priceBands, type SectionView } from "../seats.ts";
import { Button } from "./buttons.tsx";
import { FormMessage } from "./fields.tsx";
import { Icon } from "./icon.tsx";
import { BandLegend, usualPrice } from "./price-bands.tsx";
import { HoldForm, TierCounts, type SeatFormProps } from "./seat-forms.tsx";
import { SeatGrid } from "./seat-grid.tsx";
import { SeatLegend } from "./seat-legend.tsx";
import { SectionOverview } from "./section-overview.tsx";

/** The form that chosen seats are sent with; what scripts show elsewhere belongs to it by this name. */
const formId = "seats-form";

interface PickerProps extends SeatFormProps {
  map: SeatMap;
  /** Whose seats stand here as boxes: all of a small room, those of the section that the address asks for of a large one. */
  shown: readonly SectionView[];
  states: string;
  /** That the address asks for. */
  section: string;
  data: PickerData;
  hrefOf(section: string): string;
}

export function SeatPicker(props: PickerProps) {
  const { showing, views, form, version, shown, section, map, data } = props;
  const large = data.mapAt !== undefined;
  const { bands } = priceBands(views);
  const title = large ? (shown[0]?.section.name ?? t.seatMap.chooseSection) : t.seatMap.title;
  return (
    <section
      class="card picker"
      id="seats"
      aria-labelledby="seats-title"
      {...(bands.length < 2 ? { "data-one-price": "" } : {})}
    >
      <div class="picker-head">
        <h2 class="card-title" id="seats-title">
          {title}
        </h2>
        <BandLegend bands={bands} currency={showing.prices.currency} />
      </div>
      <HoldForm showing={showing} pick="seats" version={version} id={formId} section={large ? section : undefined}>
        <FormMessage form={form} />
        {large ? shown.length > 0 && <PlainSeats {...props} /> : <SmallRoom {...props} />}
        {shown.length > 0 && <PlainEnd {...props} />}
      </HoldForm>
      {large && (
        <>
          {shown.length > 0 && <h3 class="plain-only">{t.seatMap.otherSection}</h3>}
          <div class="seat-view seat-view-large" data-map>
            <SectionOverview
              map={map}
              drawing={data.drawing}
              views={views}
              currency={showing.prices.currency}
              current={section}
              hrefOf={props.hrefOf}
            />
          </div>
        </>
      )}
      <SeatLegend present={marksIn(packedSeats(map).seats)} />
      <p class="hint keys-hint" id="seat-keys" hidden>
        {t.seatMap.keys}
      </p>
    </section>
  );
}

/** A room whose seats are all in view: scripts put each where it stands. */
function SmallRoom(props: PickerProps) {
  const { x, y, width, height } = props.data.drawing.box;
  return (
    <div class="seat-view" data-map>
      <svg class="seat-space" viewBox={`${x} ${y} ${width} ${height}`} aria-hidden="true" />
      <Boxes {...props} />
    </div>
  );
}

/** A section of a large room, for browsers without scripts. */
function PlainSeats(props: PickerProps) {
  return (
    <div class="seat-view plain-only">
      <Boxes {...props} />
    </div>
  );
}

function Boxes({ form, shown, states, map, showing, views }: PickerProps) {
  const ticked = new Set(form.values.all("seat"));
  const { bandOf } = priceBands(views);
  return (
    <div class="seat-frame" role="region" aria-label={t.seatMap.seats} tabIndex={0}>
      <div class="seat-room">
        <p class="seat-stage">{map.stage.label}</p>
        {shown.map((view) => {
          const { section, layout, prices } = view;
          if (section.kind !== "seats") return null;
          const price = usualPrice(prices, showing.prices.currency);
          return (
            <fieldset key={section.id} class={`seat-section band-${(bandOf[views.indexOf(view)] ?? 0) + 1}`}>
              <legend class={shown.length === 1 ? "unseen" : ""}>{section.name}</legend>
              <SeatGrid section={section} start={layout.start} states={states} ticked={ticked} price={price} />
            </fieldset>
          );
        })}
      </div>
    </div>
  );
}

/** What stands below the boxes without scripts: tickets of other tiers by count, and the button. */
function PlainEnd({ form, shown, showing }: PickerProps) {
  const all = choosableTiers(shown);
  const tiers = all.slice(1);
  return (
    <div class="plain-only plain-end">
      {tiers.length > 0 && (
        <>
          <h3>{t.seatMap.reduced}</h3>
          <p class="hint">{t.seatMap.reducedHint(all[0]?.name ?? "")}</p>
          <TierCounts form={form} tiers={tiers} prefix="tier." views={shown} showing={showing} first={0} />
        </>
      )}
      <Button>{t.seatMap.go}</Button>
    </div>
  );
}

/** What is chosen, what it costs and the way on: beside the map, at the lower edge of phones. Scripts fill it. */
export function SeatTray() {
  return (
    <section class="card tray" data-tray aria-labelledby="tray-title" hidden>
      <h2 class="card-title" id="tray-title">
        {t.seatMap.yourSeats}
      </h2>
      <div class="tray-said" role="status" />
      {/* Seen where the tray would take too much of a small screen: it is folded to the sum and the way on. */}
      <button
        type="button"
        class="tray-more"
        aria-expanded="false"
        aria-controls="tray-seats"
        aria-label={t.seatMap.yourSeats}
      >
        <Icon name="down" />
      </button>
      <ul class="tray-seats" id="tray-seats" />
      <div class="tray-go">
        <p class="tray-total" role="status" />
        <Button form={formId}>{t.seatMap.go}</Button>
        <button type="submit" form="best-form" class="button button-main tray-best" hidden />
      </div>
    </section>
  );
}
