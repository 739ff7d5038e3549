// What the drawings of seats mean.

import type { ComponentChildren } from "preact";
import { marks } from "../../domain/packed-seat-map.ts";
import { t } from "../messages.ts";

export function SeatLegend({ present }: { present: ReadonlySet<number> }) {
  return (
    <ul class="seat-legend">
      <Entry kind="free">{t.seatMap.free}</Entry>
      <Entry kind="yours">{t.seatMap.yours}</Entry>
      <Entry kind="taken">{t.seatMap.notFree}</Entry>
      {present.has(marks.wheelchair) && <Entry kind="accessible">{t.seatMap.wheelchair}</Entry>}
      {present.has(marks.companion) && <Entry kind="companion">{t.seatMap.companion}</Entry>}
      {present.has(marks.restricted) && <Entry kind="restricted">{t.seatMap.restricted}</Entry>}
    </ul>
  );
}

function Entry(props: { kind: string; children: ComponentChildren }) {
  return (
    <li>
      <span class={`seat-sample seat-sample-${props.kind}`} aria-hidden="true" /> {props.children}
    </li>
  );
}
