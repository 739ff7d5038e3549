// A seat map drawn by the server: every section's outline, and the seats where there are few enough to see.

import type { Row, Section, SeatedSection, SeatMap } from "../../../domain/seat-map.ts";

/** Above it seats are smaller than a pixel, and the page would weigh megabytes. */
const mostSeats = 2_500;
/** Above it rows are, too. */
const mostRows = 200;

/** `small`: rows as lines, for a list of seat maps. */
export function SeatMapPicture({ map, label, small }: { map: SeatMap; label: string; small?: boolean }) {
  const seated = map.sections.filter((section): section is SeatedSection => section.kind === "seats");
  const rows = seated.flatMap((section) => section.rows);
  const seats = rows.reduce((sum, row) => sum + row.seats.length, 0);
  const { stage } = map;
  const inDetail = seats <= mostSeats && !small;
  return (
    <svg class="room-picture" viewBox={`0 0 ${map.width} ${map.height}`} role="img" aria-label={label}>
      <rect class="room-picture-stage" x={stage.x} y={stage.y} width={stage.width} height={stage.height} rx={12} />
      {!small && (
        <text
          class="room-picture-word"
          x={stage.x + stage.width / 2}
          y={stage.y + stage.height / 2}
          font-size={Math.max(20, Math.min(map.width / 45, stage.height * 0.8))}
          text-anchor="middle"
          dominant-baseline="central"
        >
          {stage.label}
        </text>
      )}
      {map.sections.map((section) => (
        <polygon
          key={section.id}
          class={`room-picture-${section.kind} room-colour-${section.colour ?? 0}`}
          points={section.outline.map(([x, y]) => `${x},${y}`).join(" ")}
        >
          <title>{section.name}</title>
        </polygon>
      ))}
      {inDetail && seated.map((section) => <Seats key={section.id} section={section} />)}
      {small && rows.length <= mostRows && (
        <path class="room-picture-rows" d={rows.map(lineOf).join("")} stroke-width={Math.max(34, map.width / 90)} />
      )}
      {!inDetail &&
        !small &&
        map.sections.map((section) => <SectionName key={section.id} section={section} size={map.width / 70} />)}
    </svg>
  );
}

function Seats({ section }: { section: SeatedSection }) {
  return (
    <g class={`room-picture-seats room-colour-${section.colour ?? 0}`}>
      {section.rows.flatMap((row) =>
        row.seats.map((seat) => (
          <circle
            key={seat.name}
            {...(seat.access || seat.view ? { class: `room-picture-${seat.access ?? seat.view}` } : {})}
            cx={seat.x}
            cy={seat.y}
            r={20}
          />
        )),
      )}
    </g>
  );
}

/** A row as lines between its aisles. */
function lineOf({ seats }: Row): string {
  return seats
    .map(({ x, y, aisle }, index) => {
      const [toX, toY] = [Math.round(x), Math.round(y)];
      const starts = index === 0 || aisle === true;
      // A seat alone is a line of no length, which round ends make a dot.
      return starts ? `M${toX} ${toY}h0` : `L${toX} ${toY}`;
    })
    .join("");
}

function SectionName({ section, size }: { section: Section; size: number }) {
  const middle = (axis: 0 | 1) =>
    section.outline.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, section.outline.length);
  return (
    <text
      class="room-picture-word"
      x={middle(0)}
      y={middle(1)}
      font-size={Math.max(size, 16)}
      text-anchor="middle"
      dominant-baseline="central"
    >
      {section.id}
    </text>
  );
}
