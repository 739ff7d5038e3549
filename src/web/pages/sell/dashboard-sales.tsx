// Sales over the days: a chart beside the days before, and the table that it is drawn from. Without scripts a picture made on the
// server stands in the chart's place; islands/dashboard.ts reads the table and draws over it.

import type { Step } from "../../../sales/overview/overview.ts";
import { dateAt, addDays } from "../../../catalogue/authoring/venue-clock.ts";
import { currencyDigits } from "../../../domain/money.ts";
import { Table, type Column } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { moneyText, numberText } from "../../numbers.ts";
import { DashboardCard } from "./dashboard-card.tsx";
import { dashboardAddress, measures } from "./dashboard-choice.ts";
import {
  csvAddress,
  daysText,
  dayText,
  hourText,
  measureOf,
  measureText,
  weekdayText,
  type View,
} from "./dashboard-view.ts";
import { SalesPicture } from "./sparkline.tsx";

export function SalesOverTime({ view }: { view: View }) {
  const days = daysText(view.choice.days);
  return (
    <DashboardCard title={t.dashboard.sales.title(days)} csv={csvAddress(view, "day", "orders", view.choice.days)}>
      <div class="dash-bar">
        <nav class="segments" aria-label={t.dashboard.measures.label}>
          <ul>
            {measures.map((measure) => (
              <li key={measure}>
                <a
                  href={dashboardAddress(view.base, view.choice, { measure })}
                  {...(measure === view.choice.measure ? { "aria-current": "true" as const } : {})}
                >
                  {t.dashboard.measures[measure]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Legend view={view} />
      </div>
      <Chart view={view} />
      <details class="dash-table">
        <summary>{t.dashboard.sales.asTable}</summary>
        <StepTable view={view} />
      </details>
    </DashboardCard>
  );
}

function Legend({ view: { choice, overview } }: { view: View }) {
  const texts = t.dashboard.sales;
  return (
    <ul class="dash-legend">
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <rect class="legend-now" width="24" height="12" rx="2" />
        </svg>
        {texts.these(daysText(choice.days))}
      </li>
      {choice.compare && (
        <li>
          <svg viewBox="0 0 24 12" aria-hidden="true">
            <path class="legend-before" d="M0 6h24" />
          </svg>
          {texts.before(daysText(overview.before.days))}
        </li>
      )}
    </ul>
  );
}

function Chart({ view }: { view: View }) {
  const { choice, currency, overview } = view;
  const { measure, compare } = choice;
  const now = overview.steps.map((step) => step.now && measureOf(step.now, measure));
  const before = overview.steps.map((step) => (compare && step.before ? measureOf(step.before, measure) : undefined));
  const highest = Math.max(0, ...now.map((value) => value ?? 0), ...before.map((value) => value ?? 0));
  const name = t.dashboard.measures[measure];
  const most = Math.max(0, ...now.map((value) => value ?? 0));
  const when = overview.steps[now.indexOf(most)];
  const write = (value: number) => measureText(value, measure, currency);
  const days = daysText(choice.days);
  const words =
    most === 0 || !when
      ? t.dashboard.sales.nothing(name, days)
      : t.dashboard.sales.picture(
          name,
          days,
          write(measureOf(overview.total, measure)),
          write(most),
          longOf(view, when),
        );
  const [first, last] = [overview.steps[0], overview.steps.at(-1)];
  return (
    <div
      class="dash-chart"
      data-chart="dash-steps"
      data-locale={t.locale}
      {...(measure === "net" ? { "data-currency": currency, "data-digits": currencyDigits(currency) } : {})}
      role="img"
      aria-label={words}
    >
      <div class="dash-plot" data-keep>
        <p class="dash-plot-most">{write(highest)}</p>
        <SalesPicture now={now} before={before} highest={highest} />
        <p class="dash-plot-ends">
          <span>{first && shortOf(view, first)}</span>
          <span>{last && shortOf(view, last)}</span>
        </p>
      </div>
    </div>
  );
}

/** `9 AM`, `Nov 22`: a step in few words. */
function shortOf({ overview, timeZone }: View, step: Step): string {
  if (overview.span.step !== "hour") return dayText(dateAt(step.from, timeZone));
  return hourText(Temporal.Instant.fromEpochMilliseconds(step.from).toZonedDateTimeISO(timeZone).hour);
}

/** `9 AM`, `Sun, Nov 22`, `Nov 16 – 22, 2026`: a step as the table names it. */
function longOf(view: View, step: Step): string {
  const { overview, timeZone } = view;
  if (overview.span.step === "hour") return shortOf(view, step);
  const day = dateAt(step.from, timeZone);
  if (overview.span.step === "day") return weekdayText(day);
  return daysText({ from: day, to: addDays(dateAt(step.until, timeZone), -1) });
}

function StepTable({ view }: { view: View }) {
  const { choice, currency, overview } = view;
  const texts = t.dashboard.sales;
  const money = (minor: number) => moneyText(minor, currency);
  const column = (
    name: "tickets" | "orders" | "net" | "grossMinor" | "refundedMinor",
    title: string,
  ): Column<Step> => ({
    title,
    number: true,
    cell: ({ now }) => {
      if (!now) return "–";
      const value = name === "grossMinor" || name === "refundedMinor" ? now[name] : measureOf(now, name);
      const text = name === "tickets" || name === "orders" ? numberText(value) : money(value);
      return (
        <data value={value} {...(name === choice.measure ? { "data-series": "now" } : {})}>
          {text}
        </data>
      );
    },
  });
  const before: Column<Step> = {
    title: texts.beforeOf(t.dashboard.measures[choice.measure]),
    number: true,
    cell: (step) => {
      if (!step.before) return "–";
      const value = measureOf(step.before, choice.measure);
      return (
        <data value={value} data-series="before">
          {measureText(value, choice.measure, currency)}
        </data>
      );
    },
  };
  return (
    <div id="dash-steps">
      <Table
        caption={texts.caption(daysText(choice.days))}
        hideCaption
        rows={overview.steps}
        keyOf={(step) => String(step.from)}
        columns={[
          {
            title: texts[overview.span.step],
            head: true,
            cell: (step) => <span data-label={shortOf(view, step)}>{longOf(view, step)}</span>,
          },
          column("net", texts.net),
          column("tickets", texts.tickets),
          column("orders", texts.orders),
          column("grossMinor", texts.gross),
          column("refundedMinor", texts.refunded),
          ...(choice.compare ? [before] : []),
        ]}
      />
    </div>
  );
}
