// The filters of the list of shows as chips: each is a link, so that a tap is enough and no script is needed.

import type { ComponentChildren } from "preact";
import { fieldsOf, listAddress, partsOfDay, type FilterChange, type Filters } from "../list-filters.ts";
import { t } from "../messages.ts";
import { Button } from "./buttons.tsx";
import { Icon } from "./icon.tsx";
import { Panel } from "./panel.tsx";

/** Genres in the row; the others are a tap further. */
const genresInRow = 6;

interface Choice {
  text: string;
  change: FilterChange;
  /** What takes it back; undefined if it is not chosen. */
  undo?: FilterChange | undefined;
}

/** All chips; what is chosen stands first in its row. `genres`: the most frequent first. */
export function FilterBar(props: { filters: Filters; genres: readonly string[]; timeNow?: string | undefined }) {
  const { filters, genres } = props;
  const kinds = kindChoices(filters);
  const times = timeChoices(filters, props.timeNow);
  const all = genreChoices(filters, genres);
  const chosen = [...words(filters), ...times, ...kinds, ...all].filter(({ undo }) => undo !== undefined);
  const open = (choices: readonly Choice[]) => choices.filter(({ undo }) => undo === undefined);
  return (
    <nav class="filter-bar" aria-label={t.home.filters}>
      <Chips filters={filters} label={t.home.chosen} choices={chosen} />
      <Chips filters={filters} label={t.home.time} choices={open(times)} />
      <Chips filters={filters} label={t.home.kind} choices={open(kinds)} />
      <Chips filters={filters} label={t.home.genre} choices={open(all).slice(0, genresInRow)}>
        {all.length > genresInRow && (
          <li>
            <button type="button" class="chip" popovertarget="genre-panel">
              {t.home.allGenres}
              <Icon name="down" />
            </button>
          </li>
        )}
      </Chips>
      {all.length > genresInRow && (
        <Panel id="genre-panel" title={t.home.allGenres}>
          <Chips filters={filters} label={t.home.genre} choices={all.toSorted((a, b) => (a.text < b.text ? -1 : 1))} />
        </Panel>
      )}
    </nav>
  );
}

function Chips(props: { filters: Filters; label: string; choices: readonly Choice[]; children?: ComponentChildren }) {
  if (props.choices.length === 0 && !props.children) return null;
  return (
    <ul class="chips" aria-label={props.label}>
      {props.choices.map(({ text, change, undo }) => (
        <li key={text}>
          {undo ? (
            <a class="chip" href={listAddress(props.filters, undo)} aria-current="true">
              {text}
              <span class="unseen">: {t.home.remove}</span>
              <Icon name="close" />
            </a>
          ) : (
            <a class="chip" href={listAddress(props.filters, change)}>
              {text}
            </a>
          )}
        </li>
      ))}
      {props.children}
    </ul>
  );
}

function words({ text }: Filters): Choice[] {
  return text === undefined ? [] : [{ text: `“${text}”`, change: {}, undo: { text: undefined } }];
}

/** Of today only what is not over. A time of somebody's own making is a chip, too. */
function timeChoices({ on, after, before }: Filters, timeNow: string | undefined): Choice[] {
  const undo = { after: undefined, before: undefined };
  const parts = partsOfDay.map((part): Choice & { over: boolean } => {
    const change = { after: undefined, before: undefined, ...part, name: undefined };
    const isChosen = change.after === after && change.before === before;
    const over = on === undefined && timeNow !== undefined && change.before !== undefined && change.before <= timeNow;
    const { name: _, ...hours } = change;
    return { text: t.home.parts[part.name], change: hours, over, ...(isChosen ? { undo } : {}) };
  });
  const known = parts.filter((part) => part.undo !== undefined || !part.over);
  const isOwn = (after !== undefined || before !== undefined) && !parts.some((part) => part.undo !== undefined);
  return isOwn ? [...known, { text: t.home.between(after, before), change: {}, undo }] : known;
}

function kindChoices({ kind }: Filters): Choice[] {
  return (["film", "event"] as const).map((one) => ({
    text: t.home.kinds[one],
    change: { kind: one },
    ...(kind === one ? { undo: { kind: undefined } } : {}),
  }));
}

function genreChoices({ genre }: Filters, genres: readonly string[]): Choice[] {
  const chosen = genre?.toLowerCase();
  const known = genres.some((one) => one.toLowerCase() === chosen);
  return [...(genre !== undefined && !known ? [genre] : []), ...genres].map((one) => ({
    text: one,
    change: { genre: one },
    ...(one.toLowerCase() === chosen ? { undo: { genre: undefined } } : {}),
  }));
}

/** In which order, as links. */
export function OrderChoice({ filters }: { filters: Filters }) {
  const orders = filters.where.position
    ? (["soonest", "closest", "popular"] as const)
    : (["popular", "soonest"] as const);
  return (
    <nav class="segments" aria-label={t.home.sort}>
      <ul>
        {orders.map((sort) => (
          <li key={sort}>
            <a
              href={listAddress(filters, { sort })}
              {...(sort === filters.sort ? { "aria-current": "true" as const } : {})}
            >
              {t.home.sorts[sort]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Any day there is, for those beyond the strip. */
export function OtherDay({ filters, today }: { filters: Filters; today: string }) {
  const kept = Object.entries(fieldsOf(filters, { on: undefined }));
  return (
    <>
      <button type="button" class="days-other" popovertarget="day-panel">
        <Icon name="calendar" />
        <span class="days-date">{t.days.other}</span>
      </button>
      <Panel id="day-panel" title={t.days.other}>
        <form method="get" action="/">
          {kept.map(
            ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
          )}
          <div class="field">
            <label for="on">{t.home.day}</label>
            <input type="date" id="on" name="on" min={today} value={filters.on ?? today} required />
          </div>
          <Button>{t.home.goDay}</Button>
        </form>
      </Panel>
    </>
  );
}
