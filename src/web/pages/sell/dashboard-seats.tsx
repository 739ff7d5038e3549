// How full showings are: a table of hours and weekdays whose cells are the darker the fuller, and one of days.

import { together, type HeatCell } from "../../../sales/overview/overview.ts";
import type { Days } from "../../../sales/overview/days.ts";
import type { Fullness } from "../../../store/seller-reports.ts";
import { Table } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { numberText, percentText } from "../../numbers.ts";
import { DashboardCard } from "./dashboard-card.tsx";
import { dashboardAddress } from "./dashboard-choice.ts";
import { csvAddress, hourText, weekdayName, weekdayText, type View } from "./dashboard-view.ts";
import { fullness } from "./frame.tsx";
import { ShareBar } from "./sparkline.tsx";

const choices = ["ahead", "past"] as const;

/** `days` are those of the showings. */
export function FullShowings({ view, days }: { view: View; days: Days }) {
  const { base, choice, overview } = view;
  const texts = t.dashboard.seats;
  return (
    <DashboardCard
      title={texts.title}
      {...(overview.heat.length > 0 ? { csv: csvAddress(view, "showing", "showings", days) } : {})}
    >
      <div class="dash-bar">
        <nav class="segments" aria-label={texts.label}>
          <ul>
            {choices.map((seats) => (
              <li key={seats}>
                <a
                  href={`${dashboardAddress(base, choice, { seats })}#dash-seats`}
                  {...(seats === choice.seats ? { "aria-current": "true" as const } : {})}
                >
                  {texts[seats]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {overview.heat.length > 0 && <HeatLegend />}
      </div>
      {overview.heat.length === 0 ? (
        <p>{choice.seats === "ahead" ? texts.nothingAhead : texts.nothingPast}</p>
      ) : (
        <div class="dash-seats">
          <HeatMap view={view} />
          <ByDay view={view} />
        </div>
      )}
    </DashboardCard>
  );
}

/** Shares from which a cell is one step darker. */
const steps = [0.05, 0.2, 0.4, 0.6, 0.8];
const levelOf = (share: number) => steps.filter((step) => share >= step).length;
const shareOf = ({ tickets, capacity }: Fullness) => (capacity === 0 ? 0 : tickets / capacity);

function HeatLegend() {
  return (
    <p class="heat-legend">
      <span>{t.dashboard.seats.legend}</span>
      {[0, ...steps].map((step, level) => (
        <span key={step} class={`heat heat-${level}`} aria-hidden="true">
          {percentText(step)}
        </span>
      ))}
    </p>
  );
}

/** The week begins today for showings to come, else as the reader's calendars do. */
function weekdaysFrom({ overview, choice, timeZone }: View): number[] {
  const first =
    choice.seats === "ahead"
      ? Temporal.Instant.fromEpochMilliseconds(overview.asOf).toZonedDateTimeISO(timeZone).dayOfWeek
      : firstDayOfWeek();
  return Array.from({ length: 7 }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function firstDayOfWeek(): number {
  const locale = new Intl.Locale(t.locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
  return locale.getWeekInfo?.().firstDay ?? 1;
}

function HeatMap({ view }: { view: View }) {
  const { heat } = view.overview;
  const texts = t.dashboard.seats;
  const weekdays = weekdaysFrom(view);
  const hours = heat.map(({ hour }) => hour);
  const [from, to] = [Math.min(...hours), Math.max(...hours)];
  const sum = (wanted: (cell: HeatCell) => boolean) =>
    heat.filter(wanted).reduce<Fullness | undefined>((all, cell) => together(all, cell), undefined);
  const rows = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (
    <div class="table-frame heat-frame" role="region" aria-label={texts.heat} tabIndex={0}>
      <table class="heat-map">
        <caption class="unseen">{texts.heat}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.hour}</th>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {weekdayName(weekday)}
              </th>
            ))}
            <th scope="col">{texts.all}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((hour) => (
            <tr key={hour}>
              <th scope="row">{hourText(hour)}</th>
              {weekdays.map((weekday) => (
                <Cell key={weekday} fullness={sum((cell) => cell.weekday === weekday && cell.hour === hour)} />
              ))}
              <Cell fullness={sum((cell) => cell.hour === hour)} sum />
            </tr>
          ))}
          <tr>
            <th scope="row">{texts.all}</th>
            {weekdays.map((weekday) => (
              <Cell key={weekday} fullness={sum((cell) => cell.weekday === weekday)} sum />
            ))}
            <Cell fullness={sum(() => true)} sum />
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Cell({ fullness: found, sum = false }: { fullness: Fullness | undefined; sum?: boolean }) {
  const texts = t.dashboard.seats;
  if (!found) {
    return (
      <td class="heat-none">
        <span aria-hidden="true">·</span>
        <span class="unseen">{texts.none}</span>
      </td>
    );
  }
  const { showings, tickets, capacity } = found;
  const words = texts.cell(t.sellUnits.showings(showings), numberText(tickets), numberText(capacity));
  return (
    <td class={sum ? "heat heat-sum" : `heat heat-${levelOf(shareOf(found))}`} title={words}>
      <data value={tickets}>{percentText(shareOf(found))}</data>
      <span class="unseen">, {words}</span>
    </td>
  );
}

function ByDay({ view }: { view: View }) {
  const texts = t.dashboard.seats;
  return (
    <Table
      caption={texts.byDay}
      hideCaption
      rows={view.overview.fullDays}
      keyOf={({ day }) => day}
      columns={[
        {
          title: texts.day,
          head: true,
          cell: (line) => (
            <>
              {weekdayText(line.day)}
              <ShareBar share={shareOf(line)} kind="full" text={fullness(line.tickets, line.capacity)} />
            </>
          ),
        },
        {
          title: texts.showings,
          number: true,
          cell: ({ showings }) => <data value={showings}>{numberText(showings)}</data>,
        },
      ]}
    />
  );
}
