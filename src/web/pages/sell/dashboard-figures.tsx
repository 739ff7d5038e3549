// The dashboard's figures: today beside yesterday, the days beside those before.

import type { ComponentChildren } from "preact";
import { netOf } from "../../../sales/overview/overview.ts";
import type { Totals } from "../../../store/seller-reports.ts";
import { t } from "../../messages.ts";
import { moneyText, numberText, percentText } from "../../numbers.ts";
import { measureOf, type View } from "./dashboard-view.ts";
import { Sparkline } from "./sparkline.tsx";

interface Figure {
  name: string;
  value: string;
  raw: number;
  change?: ComponentChildren;
  series?: readonly (number | undefined)[];
}

/** Today until now; nothing where the days are just today. */
export function TodayFigures({ view: { overview, currency, choice } }: { view: View }) {
  const { now, before } = overview.today;
  const texts = t.dashboard.figures;
  const change = (of: (totals: Totals) => number) =>
    choice.compare ? <Change now={of(now)} before={of(before)} than={texts.byNow} /> : undefined;
  const figures: Figure[] = [
    { name: texts.net, value: moneyText(netOf(now), currency), raw: netOf(now), change: change(netOf) },
    { name: texts.tickets, value: numberText(now.tickets), raw: now.tickets, change: change((all) => all.tickets) },
    { name: texts.orders, value: numberText(now.orders), raw: now.orders, change: change((all) => all.orders) },
  ];
  return (
    <section class="dash-today" aria-labelledby="dash-today">
      <h2 id="dash-today">{texts.today}</h2>
      <FigureList figures={figures} />
    </section>
  );
}

/** The days as a whole. */
export function DaysFigures({ view, title }: { view: View; title: string }) {
  const { total, totalBefore, steps } = view.overview;
  const texts = t.dashboard.figures;
  const compared = (now: number, before: number, fewer = false) =>
    view.choice.compare ? <Change now={now} before={before} than={texts.thanBefore} fewer={fewer} /> : undefined;
  const series = (of: (totals: Totals) => number) => steps.map(({ now }) => (now ? of(now) : undefined));
  const simple = (name: "tickets" | "orders"): Figure => ({
    name: texts[name],
    value: numberText(total[name]),
    raw: total[name],
    change: compared(total[name], totalBefore[name]),
    series: series((all) => measureOf(all, name)),
  });
  const average = (all: Totals) => (all.orders === 0 ? 0 : Math.round(all.grossMinor / all.orders));
  const money = (minor: number) => ({ value: moneyText(minor, view.currency), raw: minor });
  return (
    <section aria-label={title}>
      <FigureList
        figures={[
          {
            name: texts.net,
            ...money(netOf(total)),
            change: compared(netOf(total), netOf(totalBefore)),
            series: series(netOf),
          },
          simple("tickets"),
          simple("orders"),
          {
            name: texts.average,
            ...money(average(total)),
            change: compared(average(total), average(totalBefore)),
            series: series(average),
          },
          {
            name: texts.refunded,
            ...money(total.refundedMinor),
            change: compared(total.refundedMinor, totalBefore.refundedMinor, true),
            series: series((all) => all.refundedMinor),
          },
        ]}
      />
    </section>
  );
}

function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="dash-figures">
      {figures.map(({ name, value, raw, change, series }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <data class="dash-figure" value={raw}>
              {value}
            </data>
            {change}
            {series && series.length > 1 && <Sparkline values={series} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How much more or less than before. `fewer`: less is better. */
function Change(props: { now: number; before: number; than: string; fewer?: boolean }) {
  const { now, before, than, fewer = false } = props;
  const texts = t.dashboard.figures;
  const share = before === 0 ? 0 : (now - before) / Math.abs(before);
  const [sign, words] =
    now === before
      ? (["=", texts.same] as const)
      : before === 0
        ? (["▲", texts.fresh] as const)
        : share > 0
          ? (["▲", texts.more(percentText(share))] as const)
          : (["▼", texts.less(percentText(-share))] as const);
  const good = sign === "=" ? "same" : (sign === "▲") === fewer ? "bad" : "good";
  return (
    <span class={`dash-change dash-change-${good}`}>
      <span aria-hidden="true">{sign} </span>
      {words} <span class="unseen">{than}</span>
    </span>
  );
}
