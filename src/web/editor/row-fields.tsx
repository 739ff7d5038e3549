// Fields of rows: of one, of several, or of all in the selected sections.

import { aisleWidth } from "../../domain/seat-map-room.ts";
import type { Desk } from "./desk.ts";
import { lineFor } from "./change.ts";
import { lineOf, type DrawnRow, type SeatedArea } from "./drawing.ts";
import { common, Group, NumberField, readList, TextField } from "./fields.tsx";
import {
  fanOut,
  rowDistance,
  setAisles,
  setAngle,
  setCount,
  setCurve,
  setRowDistance,
  setSpacing,
  sortRows,
} from "./rows.ts";
import { setRowName } from "./seats.ts";

const tenth = (value: number) => Math.round(value * 10) / 10;

/** After which seats of a row aisles lie. */
function aislesOf(row: DrawnRow): string {
  return row.seats.flatMap(({ aisle }, seat) => (aisle ? [seat] : [])).join(", ");
}

function aisleWidthOf(row: DrawnRow): number {
  const { gaps } = lineFor(row);
  const first = row.seats.findIndex(({ aisle }, seat) => aisle && seat > 0);
  return Math.max(0, first < 0 ? aisleWidth : (gaps[first] ?? aisleWidth));
}

interface RowsProps {
  desk: Desk;
  rows: readonly DrawnRow[];
  /** Those of their sections that are selected as a whole. */
  areas: readonly SeatedArea[];
}

export function RowFields(props: {
  desk: Desk;
  rows: readonly { row: DrawnRow; area: SeatedArea }[];
  areas: readonly SeatedArea[];
}) {
  const { desk, areas } = props;
  const { fields } = desk.texts;
  const rows = props.rows.map(({ row }) => row).filter((row) => row.seats.length > 0);
  const [only] = rows.length === 1 && areas.length === 0 ? rows : [];
  return (
    <Group title={only ? fields.thisRow : fields.rows(rows.length)}>
      {only && (
        <TextField
          label={fields.name}
          value={only.name}
          various=""
          maxLength={12}
          read={(text) => (/^[A-Za-z0-9.-]{1,12}$/.test(text) ? { value: text } : { error: fields.filled(12) })}
          onValue={(name) => desk.do("rowName", (edit) => setRowName(edit, only.key, name))}
        />
      )}
      <LineFields desk={desk} rows={rows} areas={areas} />
      <AisleFields desk={desk} rows={rows} />
      {areas.length > 0 && (
        <div class="editor-actions editor-field-wide">
          <button type="button" class="editor-text-button" onClick={() => desk.do("fan", fanOut)}>
            {fields.fan}
          </button>
          <button type="button" class="editor-text-button" onClick={() => desk.do("sort", sortRows)}>
            {fields.sort}
          </button>
        </div>
      )}
      {rows.some((row) => !lineOf(row)) && <p class="hint editor-field-wide">{fields.irregular}</p>}
    </Group>
  );
}

/** How many seats, how far apart, on which line. */
function LineFields({ desk, rows, areas }: RowsProps) {
  const { fields } = desk.texts;
  const shared = { various: fields.various, wrong: fields.whole };
  return (
    <>
      <NumberField
        {...shared}
        label={fields.seatCount}
        value={common(rows, (row) => row.seats.length)}
        min={1}
        max={500}
        onValue={(count) => desk.do("count", (edit) => setCount(edit, Math.round(count)), "count")}
      />
      <NumberField
        {...shared}
        label={fields.spacing}
        unit="cm"
        value={common(rows, (row) => tenth(lineFor(row).shape.spacing))}
        min={20}
        max={1_000}
        onValue={(spacing) => desk.do("spacing", (edit) => setSpacing(edit, spacing), "spacing")}
      />
      {areas.length > 0 && (
        <NumberField
          {...shared}
          label={fields.rowDistance}
          unit="cm"
          value={common(areas, rowDistance)}
          min={20}
          max={2_000}
          onValue={(distance) => desk.do("distance", (edit) => setRowDistance(edit, distance), "distance")}
        />
      )}
      <NumberField
        {...shared}
        label={fields.curve}
        hint={fields.curveHint}
        value={common(rows, (row) => tenth(lineFor(row).shape.curve))}
        min={-200}
        max={200}
        slider={{ min: -60, max: 60 }}
        onValue={(curve) => desk.do("curve", (edit) => setCurve(edit, curve), "curve")}
      />
      <NumberField
        {...shared}
        label={fields.angle}
        unit="°"
        value={common(rows, (row) => tenth(lineFor(row).shape.angle))}
        min={-180}
        max={180}
        onValue={(angle) => desk.do("angle", (edit) => setAngle(edit, angle), "angle")}
      />
    </>
  );
}

function AisleFields({ desk, rows }: Omit<RowsProps, "areas">) {
  const { fields } = desk.texts;
  const aisles = common(rows, aislesOf);
  const width = common(rows, aisleWidthOf);
  return (
    <>
      <TextField
        label={fields.aisles}
        hint={fields.aislesHint}
        value={aisles}
        various={fields.various}
        maxLength={60}
        read={(text) => readList(text, fields.list)}
        onValue={(after) => desk.do("aisles", (edit) => setAisles(edit, after, width ?? aisleWidth))}
      />
      {aisles !== undefined && aisles !== "" && (
        <NumberField
          label={fields.aisleWidth}
          unit="cm"
          value={width}
          various={fields.various}
          min={0}
          max={1_000}
          wrong={fields.whole}
          onValue={(wide) => desk.do("aisles", (edit) => setAisles(edit, aisles.split(", ").map(Number), wide))}
        />
      )}
    </>
  );
}
