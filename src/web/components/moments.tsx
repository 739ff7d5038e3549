// Times and days.

import type { ComponentChildren } from "preact";
import { t } from "../messages.ts";
import { addDays, dayTexts, instantText, momentText, timeText, zoneText } from "../times.ts";

/** `7:30 PM` at the venue. */
export function TimeOf(props: { at: number; timeZone: string }) {
  return <time dateTime={instantText(props.at)}>{timeText(props.at, props.timeZone)}</time>;
}

/** `Sun, Nov 22, 7:30 PM`, with the zone's name if asked for. */
export function MomentOf(props: { at: number; timeZone: string; zone?: boolean }) {
  return (
    <time dateTime={instantText(props.at)}>
      {momentText(props.at, props.timeZone)}
      {props.zone && ` ${zoneText(props.at, props.timeZone)}`}
    </time>
  );
}

/** Days to choose from, as links. */
export function DayStrip(props: {
  days: readonly string[];
  current: string;
  today: string;
  hrefOf(day: string): string;
  /** The way to days beyond these. */
  other?: ComponentChildren;
}) {
  const tomorrow = addDays(props.today, 1);
  return (
    <nav class="days" aria-label={t.days.label}>
      <ul>
        {props.days.map((day) => {
          const texts = dayTexts(day);
          const name = day === props.today ? t.times.today : day === tomorrow ? t.times.tomorrow : texts.weekday;
          return (
            <li key={day}>
              <a href={props.hrefOf(day)} {...(day === props.current ? { "aria-current": "date" as const } : {})}>
                <span class="days-name">{name}</span>
                <span class="days-date">{texts.day}</span>
              </a>
            </li>
          );
        })}
        {props.other && <li>{props.other}</li>}
      </ul>
    </nav>
  );
}
