// A seat map drawn by the server: every section's outline, and the seats where there are few enough to see.

import type { SeatMap, SeatedSection } from "../../../domain/seat-map.ts";

/** Above it seats are smaller than a pixel, and the page would weigh megabytes. */
const mostSeats = 2_500;

export function SeatMapPicture({ map, label }: { map: SeatMap; label: string }) {
  const seated = map.sections.filter((section): section is SeatedSection => section.kind === "seats");
  const seats = seated.flatMap((section) => section.rows.flatMap((row) => row.seats));
  const { stage } = map;
  return (
    <svg class="seat-map-picture" viewBox={`0 0 ${map.width} ${map.height}`} role="img" aria-label={label}>
      <rect class="seat-map-stage" x={stage.x} y={stage.y} width={stage.width} height={stage.height} rx={12} />
      <text
        class="seat-map-word"
        x={stage.x + stage.width / 2}
        y={stage.y + stage.height / 2}
        font-size={Math.max(map.width / 45, 20)}
        text-anchor="middle"
        dominant-baseline="central"
      >
        {stage.label}
      </text>
      {map.sections.map((section) => (
        <polygon
          key={section.id}
          class={section.kind === "standing" ? "seat-map-area" : "seat-map-section"}
          points={section.outline.map(([x, y]) => `${x},${y}`).join(" ")}
        >
          <title>{section.name}</title>
        </polygon>
      ))}
      {seats.length <= mostSeats &&
        seats.map((seat) => (
          <circle
            key={seat.name}
            class={seat.access ? "seat-map-seat seat-map-access" : "seat-map-seat"}
            cx={seat.x}
            cy={seat.y}
            r={20}
          />
        ))}
      {seats.length > mostSeats &&
        map.sections.map((section) => <SectionName key={section.id} section={section} map={map} />)}
    </svg>
  );
}

function SectionName({ section, map }: { section: SeatMap["sections"][number]; map: SeatMap }) {
  const middle = (axis: 0 | 1) =>
    section.outline.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, section.outline.length);
  return (
    <text
      class="seat-map-word"
      x={middle(0)}
      y={middle(1)}
      font-size={Math.max(map.width / 70, 16)}
      text-anchor="middle"
      dominant-baseline="central"
    >
      {section.id}
    </text>
  );
}
