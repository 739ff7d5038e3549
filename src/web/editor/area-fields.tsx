// Fields of sections and standing areas.

import { rowNames, startOf } from "../../domain/seat-map-numbering.ts";
import type { RowNumbering, SeatNumbering } from "../../domain/seat-map.ts";
import { formOf, setArea, setBox, setCapacity, setForm, setNumbering, type Form } from "./areas.ts";
import type { Desk } from "./desk.ts";
import { areaBox, type Area, type SeatedArea, type StandingArea } from "./drawing.ts";
import { common, Group, NumberField, SelectField, TextField } from "./fields.tsx";

/** Text of a length, or the sentence about it. */
function readText(text: string, most: number, error: string): { value: string } | { error: string } {
  return text.length >= 1 && text.length <= most ? { value: text } : { error };
}

export function AreaFields(props: { desk: Desk; areas: readonly Area[]; seated: readonly SeatedArea[] }) {
  const { desk, areas, seated } = props;
  const { fields } = desk.texts;
  const [only] = areas.length === 1 ? areas : [];
  const title = only ? (only.kind === "seats" ? fields.thisSection : fields.thisArea) : fields.sections(areas.length);
  return (
    <>
      <Group title={title}>
        {only && (
          <TextField
            label={fields.name}
            value={only.name}
            various=""
            maxLength={60}
            read={(text) => readText(text, 60, fields.filled(60))}
            onValue={(name) => desk.do("name", (edit) => setArea(edit, { name }))}
          />
        )}
        {only && (
          <TextField
            label={fields.sectionCode}
            hint={fields.sectionCodeHint}
            value={only.id}
            various=""
            maxLength={8}
            read={(text) =>
              /^[A-Z0-9]{1,8}$/.test(text.toUpperCase()) ? { value: text.toUpperCase() } : { error: fields.code }
            }
            onValue={(id) => desk.do("code", (edit) => setArea(edit, { id }))}
          />
        )}
        {seated.length > 0 && (
          <NumberField
            label={fields.rank}
            hint={fields.rankHint}
            value={common(seated, (area) => area.rank)}
            various={fields.various}
            min={0}
            max={10_000}
            wrong={fields.whole}
            onValue={(rank) => desk.do("rank", (edit) => setArea(edit, { rank }))}
          />
        )}
        <Colours desk={desk} areas={areas} />
      </Group>
      {seated.length > 0 && <NumberingFields desk={desk} areas={seated} />}
    </>
  );
}

function Colours({ desk, areas }: { desk: Desk; areas: readonly Area[] }) {
  const { fields } = desk.texts;
  const chosen = common(areas, (area) => area.colour);
  return (
    <div class="editor-field editor-field-wide" role="radiogroup" aria-label={fields.colour}>
      <span class="editor-label" aria-hidden="true">
        {fields.colour}
      </span>
      <div class="editor-colours">
        {[1, 2, 3, 4, 5, 6, 7, 8].map((colour) => (
          <input
            key={colour}
            type="radio"
            name="section-colour"
            class={`editor-colour editor-colour-${colour}`}
            aria-label={fields.colourNumber(colour)}
            checked={chosen === colour}
            onChange={() => desk.do("colour", (edit) => setArea(edit, { colour }))}
          />
        ))}
      </div>
    </div>
  );
}

const usualRows: RowNumbering = { style: "letters", from: "front", start: 1 };
const usualSeats: SeatNumbering = { from: "left", step: "all", start: 1 };

function NumberingFields({ desk, areas }: { desk: Desk; areas: readonly SeatedArea[] }) {
  return (
    <Group title={desk.texts.fields.numbering}>
      <RowNumberingFields desk={desk} areas={areas} />
      <SeatNumberingFields desk={desk} areas={areas} />
    </Group>
  );
}

function RowNumberingFields({ desk, areas }: { desk: Desk; areas: readonly SeatedArea[] }) {
  const { fields } = desk.texts;
  const { various } = fields;
  const of = areas.map((area) => area.numbering.rows);
  const style = common(areas, (area) => area.numbering.rows?.style ?? "hand");
  const scheme = of[0] ?? usualRows;
  const set = (change: Partial<RowNumbering>) =>
    desk.do("numbering", (edit) => setNumbering(edit, { rows: { ...scheme, ...change } }));
  const setStyle = (chosen: RowNumbering["style"] | "hand") =>
    chosen === "hand"
      ? desk.do("numbering", (edit) => setNumbering(edit, { rows: undefined }))
      : set({ style: chosen, start: 1 });
  return (
    <>
      <SelectField
        label={fields.rowNames}
        various={various}
        value={style}
        options={(["letters", "numbers", "hand"] as const).map((value) => ({ value, text: fields.rowStyles[value] }))}
        onValue={setStyle}
      />
      {style !== "hand" && (
        <SelectField
          label={fields.rowsFrom}
          various={various}
          value={common(areas, (area) => area.numbering.rows?.from)}
          options={(["front", "back"] as const).map((value) => ({ value, text: fields.rowsFroms[value] }))}
          onValue={(from) => set({ from })}
        />
      )}
      {style === "letters" && (
        <>
          <TextField
            label={fields.firstRow}
            value={rowNames({ ...scheme, from: "front" }, 1)[0]}
            various={various}
            maxLength={3}
            read={(text) => {
              const start = startOf(text.toUpperCase(), scheme.skip ?? "");
              return start > 0 ? { value: start } : { error: fields.filled(3) };
            }}
            onValue={(start) => set({ start })}
          />
          <TextField
            label={fields.skip}
            hint={fields.skipHint}
            value={scheme.skip ?? ""}
            various={various}
            maxLength={20}
            read={(text) => ({ value: text.toUpperCase().replaceAll(/[^A-Z]/g, "") })}
            onValue={(skip) => set({ skip })}
          />
        </>
      )}
      {style === "numbers" && (
        <NumberField
          label={fields.firstRow}
          value={common(areas, (area) => area.numbering.rows?.start)}
          various={various}
          min={0}
          max={9_999}
          wrong={fields.whole}
          onValue={(start) => set({ start })}
        />
      )}
    </>
  );
}

type SeatStyle = SeatNumbering["step"] | "centre" | "hand";

function SeatNumberingFields({ desk, areas }: { desk: Desk; areas: readonly SeatedArea[] }) {
  const { fields } = desk.texts;
  const { various } = fields;
  const styleOf = ({ numbering: { seats } }: SeatedArea): SeatStyle =>
    seats ? (seats.from === "centre" ? "centre" : seats.step) : "hand";
  const style = common(areas, styleOf);
  const scheme = areas[0]?.numbering.seats ?? usualSeats;
  const set = (seats: SeatNumbering | undefined) => desk.do("numbering", (edit) => setNumbering(edit, { seats }));
  const side = scheme.from === "centre" ? "left" : scheme.from;
  const setStyle = (chosen: SeatStyle) => {
    if (chosen === "hand") set(undefined);
    else if (chosen === "centre") set({ from: "centre", step: "all", start: 1 });
    else set({ from: side, step: chosen, start: chosen === "even" ? 2 : 1 });
  };
  return (
    <>
      <SelectField
        label={fields.seatNumbers}
        various={various}
        value={style}
        options={(["all", "odd", "even", "centre", "hand"] as const).map((value) => ({
          value,
          text: fields.seatStyles[value],
        }))}
        onValue={setStyle}
      />
      {style !== "hand" && style !== "centre" && (
        <SelectField
          label={fields.seatsFrom}
          various={various}
          value={side}
          options={(["left", "right"] as const).map((value) => ({ value, text: fields.seatsFroms[value] }))}
          onValue={(from) => set({ ...scheme, from })}
        />
      )}
      {style !== "hand" && (
        <NumberField
          label={fields.firstSeat}
          value={common(areas, (area) => area.numbering.seats?.start)}
          various={various}
          min={0}
          max={9_999}
          wrong={fields.whole}
          onValue={(start) => set({ ...scheme, start })}
        />
      )}
    </>
  );
}

export function StandingFields({ desk, areas }: { desk: Desk; areas: readonly StandingArea[] }) {
  const { fields } = desk.texts;
  const { various } = fields;
  const [only] = areas.length === 1 ? areas : [];
  const box = only && areaBox(only);
  const form = common(areas, (area) => formOf(area.outline) ?? "free");
  const forms: readonly (Form | "free")[] =
    form === "free" ? ["free", "rectangle", "ellipse"] : ["rectangle", "ellipse"];
  const side = { various, min: 50, max: 100_000, wrong: fields.whole, unit: "cm" };
  return (
    <Group title={fields.thisArea}>
      <NumberField
        label={fields.capacity}
        value={common(areas, (area) => area.capacity)}
        various={various}
        min={1}
        max={50_000}
        wrong={fields.whole}
        onValue={(capacity) => desk.do("capacity", (edit) => setCapacity(edit, Math.round(capacity)))}
      />
      <SelectField
        label={fields.form}
        various={various}
        value={form}
        options={forms.map((value) => ({ value, text: fields.forms[value] }))}
        onValue={(form) => form !== "free" && desk.do("outline", (edit) => setForm(edit, form))}
      />
      {box && (
        <>
          <NumberField
            {...side}
            label={fields.width}
            value={box.right - box.left}
            onValue={(width) => desk.do("outline", (edit) => setBox(edit, { ...box, right: box.left + width }))}
          />
          <NumberField
            {...side}
            label={fields.depth}
            value={box.bottom - box.top}
            onValue={(depth) => desk.do("outline", (edit) => setBox(edit, { ...box, bottom: box.top + depth }))}
          />
        </>
      )}
    </Group>
  );
}
