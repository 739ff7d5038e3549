// Where somebody looks: a button that says it, and the panel behind it that changes it. The choice is kept in a cookie by `/where`.

import type { Place } from "../../catalogue/model.ts";
import { withQuery } from "../addresses.ts";
import { t } from "../messages.ts";
import { placeName, type Where } from "../where.ts";
import { Button } from "./buttons.tsx";
import { Icon } from "./icon.tsx";
import { Panel } from "./panel.tsx";

/** What a page offers of places. */
export interface PlaceChoice {
  where: Where;
  /** Path and query of the page, to come back to. */
  to: string;
  /** Offered in one tap. */
  cities: readonly Place[];
}

const panelId = "place-panel";

export function PlaceButton({ where }: { where: Where }) {
  const text = where.place?.name ?? t.where.choose;
  return (
    <button type="button" class="place-button" popovertarget={panelId}>
      <Icon name="pin" />
      <span class="unseen">{t.where.near}: </span>
      <span class="place-button-name">{text}</span>
      <Icon name="down" />
    </button>
  );
}

/** Opens the panel from within a page. */
export function PlaceLink(props: { text: string }) {
  return (
    <button type="button" class="link-button" popovertarget={panelId}>
      {props.text}
    </button>
  );
}

export function PlacePanel({ where, to, cities }: PlaceChoice) {
  const current = where.unknown ?? (where.place ? placeName(where.place) : "");
  return (
    <Panel id={panelId} title={t.where.label}>
      <form method="get" action="/where" class="place-form">
        <input type="hidden" name="to" value={to} />
        <div
          class="field suggesting"
          data-suggest="/api/v1/suggestions?only=place"
          data-kinds={JSON.stringify(t.search.kinds)}
          data-found={t.search.found}
          data-none={t.search.none}
          data-send=""
        >
          <label for="near">{t.where.city}</label>
          <input
            type="text"
            name="near"
            id="near"
            value={current}
            placeholder={t.where.example}
            maxLength={80}
            autoComplete="off"
            {...(where.unknown ? { "aria-invalid": "true" as const, "aria-describedby": "near-error" } : {})}
          />
          <ul role="listbox" id="near-found" aria-label={t.search.suggestions} hidden />
          <span class="unseen" role="status" />
        </div>
        {where.unknown && (
          <p class="field-error" id="near-error">
            {t.where.unknown(where.unknown)}
          </p>
        )}
        <Button>{t.where.go}</Button>
      </form>
      <p class="use-position" hidden data-position={withQuery("/where", { to })}>
        <button type="button" class="button button-quiet button-wide">
          <Icon name="pin" />
          {t.where.use}
        </button>
        <span role="status" data-failed={t.where.failed} data-waiting={t.where.waiting} />
      </p>
      <ul class="chips" aria-label={t.where.cities}>
        {cities.map((city) => (
          <li key={city.id}>
            <a class="chip" rel="nofollow" href={withQuery("/where", { to, near: placeName(city) })}>
              {city.name}
            </a>
          </li>
        ))}
        {where.position && (
          <li>
            <a class="chip" rel="nofollow" href={withQuery("/where", { to })}>
              {t.where.everywhere}
            </a>
          </li>
        )}
      </ul>
    </Panel>
  );
}
