// Which days, which show, which venue: links and forms whose answers stand in the address.

import type { OwnShow, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import { withQuery } from "../../addresses.ts";
import { Button } from "../../components/buttons.tsx";
import { Checkbox, Field, FormMessage, Select } from "../../components/fields.tsx";
import { freshForm, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { dashboardAddress, periods, queryOf, type Choice } from "./dashboard-choice.ts";

interface Filters {
  base: string;
  choice: Choice;
  /** The days as they were typed, with what is wrong. */
  form: FormState;
  today: string;
  shows: readonly OwnShow[];
  venues: readonly OwnVenue[];
}

export function DashboardFilters(props: Filters) {
  const { base, choice } = props;
  const texts = t.dashboard.filters;
  return (
    <div class="dash-filters">
      <nav class="segments" aria-label={texts.label}>
        <ul>
          {periods
            .filter((period) => period !== "custom")
            .map((period) => (
              <li key={period}>
                <a
                  href={dashboardAddress(base, choice, { period })}
                  {...(period === choice.period ? { "aria-current": "page" as const } : {})}
                >
                  {texts[period]}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <OtherDays {...props} />
      <Narrower {...props} />
    </div>
  );
}

/** What stays as it is while a form changes the rest. */
function Kept({ query, but }: { query: Readonly<Record<string, string>>; but: readonly string[] }) {
  return Object.entries(query).map(
    ([name, value]) => !but.includes(name) && <input key={name} type="hidden" name={name} value={value} />,
  );
}

function OtherDays({ base, choice, form, today }: Filters) {
  const texts = t.dashboard.filters;
  const wrong = Object.keys(form.errors).length > 0;
  const shown = wrong ? form : freshForm({ from: choice.days.from, to: choice.days.to });
  return (
    <details class="dash-more" open={wrong}>
      <summary class={choice.period === "custom" ? "dash-more-chosen" : ""}>{texts.custom}</summary>
      <form method="get" action={base}>
        {wrong && <FormMessage form={form} />}
        <Kept query={queryOf(choice)} but={["period", "from", "to"]} />
        <input type="hidden" name="period" value="custom" />
        <div class="field-row">
          <Field form={shown} name="from" label={texts.from} type="date" max={today} plain />
          <Field form={shown} name="to" label={texts.to} type="date" max={today} plain />
        </div>
        <Button wide>{texts.showDays}</Button>
      </form>
    </details>
  );
}

function Narrower({ base, choice, shows, venues }: Filters) {
  const texts = t.dashboard.filters;
  const show = shows.find(({ id }) => id === choice.showId)?.title;
  const venue = venues.find(({ id }) => id === choice.venueId)?.name;
  const form = freshForm({ show: choice.showId ?? "", venue: choice.venueId ?? "" });
  const chosen = [show, venue].filter(Boolean).join(", ");
  return (
    <>
      <details class="dash-more">
        <summary class={chosen === "" ? "" : "dash-more-chosen"}>{chosen === "" ? texts.title : chosen}</summary>
        <form method="get" action={base}>
          <Kept query={queryOf(choice)} but={["show", "venue", "before"]} />
          <Select
            form={form}
            name="show"
            label={texts.show}
            options={[
              { value: "", text: texts.anyShow },
              ...shows.map(({ id, title }) => ({ value: id, text: title })),
            ]}
          />
          <Select
            form={form}
            name="venue"
            label={texts.venue}
            options={[
              { value: "", text: texts.anyVenue },
              ...venues.map(({ id, name }) => ({ value: id, text: name })),
            ]}
          />
          <NoComparison choice={choice} />
          <Button wide>{texts.go}</Button>
        </form>
      </details>
      {chosen !== "" && (
        <a class="dash-clear" href={withQuery(base, { ...queryOf(choice), show: undefined, venue: undefined })}>
          {texts.clear}
        </a>
      )}
    </>
  );
}

/** A box that is not ticked sends nothing: so the one to tick is the exception. */
function NoComparison({ choice }: { choice: Choice }) {
  return (
    <Checkbox
      form={freshForm(choice.compare ? {} : { before: "no" })}
      name="before"
      value="no"
      label={t.dashboard.filters.alone}
    />
  );
}
