// What is bought, line by line, with fees and taxes, and the sum.

import type { PriceLine } from "../../domain/pricing.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { Table } from "./frames.tsx";

export function PriceLines(props: {
  lines: readonly PriceLine[];
  currency: string;
  totalMinor: number;
  /** What the lines' tiers are called, by id. */
  tierNames: Readonly<Record<string, string>>;
}) {
  const { lines, currency, totalMinor, tierNames } = props;
  const money = (minor: number) => moneyText(minor, currency);
  const sum = (part: (line: PriceLine) => number) => lines.reduce((total, line) => total + part(line), 0);
  return (
    <>
      <Table
        caption={t.lines.title}
        hideCaption
        rows={lines}
        keyOf={(line) => line.seat}
        columns={[
          { title: t.lines.seat, head: true, cell: (line) => seatName(line.seat) },
          { title: t.lines.ticket, cell: (line) => tierNames[line.tier] ?? line.tier },
          { title: t.lines.sum, number: true, cell: (line) => money(line.totalMinor) },
        ]}
      />
      <dl class="sums">
        <div>
          <dt>{t.lines.tickets(lines.length)}</dt>
          <dd>{money(sum((line) => line.faceMinor))}</dd>
        </div>
        <div>
          <dt>{t.lines.fee}</dt>
          <dd>{money(sum((line) => line.feeMinor))}</dd>
        </div>
        <div>
          <dt>{t.lines.tax}</dt>
          <dd>{money(sum((line) => line.taxMinor))}</dd>
        </div>
        <div class="sums-total">
          <dt>{t.lines.total}</dt>
          <dd>{money(totalMinor)}</dd>
        </div>
      </dl>
    </>
  );
}

/** A standing place has a number for the books only: `FLOOR#17` is said as `FLOOR`. */
export function seatName(seat: string): string {
  return seat.includes("#") ? t.lines.standing(seat.slice(0, seat.indexOf("#"))) : seat;
}
