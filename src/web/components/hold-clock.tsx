// How long a hold lasts: said as a time of day, and counted down by the island of this name.

import type { PricedHold } from "../../sales/sales.ts";
import { t } from "../messages.ts";
import { timeText, zoneText } from "../times.ts";

/** When the rest is said aloud, in seconds; see islands/hold-clock.ts. */
const saidAt = [300, 120, 60, 30];

/** `leftMs` is what the hold has left as the page is drawn. The page needs the island `hold-clock`. */
export function HoldClock(props: { hold: PricedHold; timeZone: string; leftMs: number }) {
  const { hold, timeZone, leftMs } = props;
  const seats = hold.lines.map(({ seat }) => seat).filter((seat) => !seat.includes("#"));
  const said = saidAt.map((left) => [
    left,
    left > 60 ? t.holdClock.minutes(left / 60) : left === 60 ? t.holdClock.minutes(1) : t.holdClock.seconds(left),
  ]);
  return (
    <p
      class="hold-clock"
      data-left-ms={leftMs}
      data-said={JSON.stringify(said)}
      data-over={t.holdClock.over}
      data-hold={JSON.stringify({ id: hold.id, showing: hold.showing.id, seats })}
    >
      <span class="hold-clock-until">
        {t.holdClock.until(`${timeText(hold.expiresAt, timeZone)} ${zoneText(hold.expiresAt, timeZone)}`)}
      </span>{" "}
      <span class="hold-clock-loaded">{t.holdClock.loaded(Math.ceil(leftMs / 60_000))}</span>
      <strong class="hold-clock-face" role="timer" aria-live="off" aria-label={t.holdClock.left} />
      <span class="unseen" role="status" />
    </p>
  );
}
