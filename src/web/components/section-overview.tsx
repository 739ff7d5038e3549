// A room of many sections from above: each section a link to its seats. The table of prices says the same in words.

import type { SeatMap } from "../../domain/seat-map.ts";
import { formatMoney } from "../../domain/money.ts";
import { t } from "../messages.ts";
import type { SectionView } from "../seats.ts";

export function SectionOverview(props: {
  map: SeatMap;
  views: readonly SectionView[];
  currency: string;
  current?: string;
  hrefOf(section: string): string;
}) {
  const { map, views, currency } = props;
  const { stage } = map;
  const size = Math.max(map.width, map.height) / 44;
  return (
    <svg class="overview" viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={t.seatMap.overview}>
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
      {views.map((view) => {
        const { section, left, range } = view;
        const [x, y] = centreOf(section.outline);
        const price = range ? t.showtimes.from(formatMoney(range.minMinor, currency)) : t.seatMap.notSold;
        const level = left === 0 || !range ? "out" : left / view.layout.count < 0.15 ? "few" : "many";
        return (
          <a
            key={section.id}
            href={props.hrefOf(section.id)}
            class={`overview-section overview-${level}${props.current === section.id ? " overview-current" : ""}`}
            aria-label={`${section.name}, ${price}, ${t.seats.left(left)}`}
          >
            <title>{`${section.name}: ${price}, ${t.seats.left(left)}`}</title>
            <polygon points={section.outline.map((corner) => corner.join(",")).join(" ")} />
            <text x={x} y={y + size / 3} font-size={size} text-anchor="middle" aria-hidden="true">
              {section.id}
            </text>
          </a>
        );
      })}
    </svg>
  );
}

/** The middle of a piece of a ring or of a box: of its corners' mean. */
function centreOf(outline: readonly (readonly [number, number])[]): [number, number] {
  const sum = outline.reduce(([x, y], corner) => [x + corner[0], y + corner[1]] as const, [0, 0] as const);
  return [Math.round(sum[0] / outline.length), Math.round(sum[1] / outline.length)];
}
