// A room of many sections from above: each section a link to its seats, in the look of its price. The table of prices says the
// same in words.

import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import type { Drawing } from "../picker/data.ts";
import { priceBands, type SectionView } from "../seats.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import { BandPatterns, patternOf } from "./price-bands.tsx";

export function SectionOverview(props: {
  map: SeatMap;
  drawing: Drawing;
  views: readonly SectionView[];
  currency: string;
  current?: string;
  hrefOf(section: string): string;
}) {
  const { map, views, currency, drawing } = props;
  const { stage } = map;
  const { x, y, width, height } = drawing.box;
  const size = Math.max(width, height) / 44;
  const { bands, bandOf } = priceBands(views);
  return (
    <svg class="overview" viewBox={`${x} ${y} ${width} ${height}`} role="group" aria-label={t.seatMap.overview}>
      <BandPatterns count={bands.length} size={size} />
      <g aria-hidden="true">
        <rect class="overview-stage" x={stage.x} y={stage.y} width={stage.width} height={stage.height} rx={size / 3} />
        <text
          class="overview-stage-name"
          x={stage.x + stage.width / 2}
          y={stage.y + stage.height / 2 + size / 3}
          font-size={size}
          text-anchor="middle"
        >
          {stage.label}
        </text>
      </g>
      {views.map((view, index) => (
        <SectionLink
          key={view.section.id}
          view={view}
          band={bandOf[index] ?? -1}
          size={size}
          price={view.range ? t.showtimes.from(moneyText(view.range.minMinor, currency)) : t.seatMap.notSold}
          current={props.current === view.section.id}
          href={props.hrefOf(view.section.id)}
        />
      ))}
    </svg>
  );
}

function SectionLink(props: {
  view: SectionView;
  band: number;
  size: number;
  price: string;
  current: boolean;
  href: string;
}) {
  const { view, band, size, price, current, href } = props;
  const { section, left } = view;
  const [x, y] = centreOf(section.outline);
  const points = section.outline.map((corner) => corner.join(",")).join(" ");
  const pattern = patternOf(band);
  const level = left === 0 || band < 0 ? " overview-out" : "";
  const count = section.kind === "standing" ? t.seatMap.placesLeft(left) : t.seatMap.seatsLeft(left);
  return (
    <a
      href={href}
      class={`overview-section${level}${current ? " overview-current" : ""}`}
      aria-label={`${section.name}, ${price}, ${count}`}
      data-section={section.id}
      data-kind={section.kind}
    >
      <polygon class={band < 0 ? "" : `band-${band + 1}`} points={points} />
      {pattern && <polygon points={points} fill={`url(#${pattern})`} />}
      <text x={x} y={y + size / 3} font-size={size} text-anchor="middle" aria-hidden="true">
        {section.id}
      </text>
    </a>
  );
}

/** The middle of a piece of a ring or of a box: of its corners' mean. */
function centreOf(outline: readonly (readonly [number, number])[]): [number, number] {
  const sum = outline.reduce(([x, y], corner) => [x + corner[0], y + corner[1]] as const, [0, 0] as const);
  return [Math.round(sum[0] / outline.length), Math.round(sum[1] / outline.length)];
}
