// The panel of fields for what is selected: everything that the canvas can do, and more exactly.

import { addRow, duplicate, moveRowsTo, remove } from "./adding.ts";
import type { Desk } from "./desk.ts";
import { Group, NumberField, SelectField } from "./fields.tsx";
import { AreaFields, StandingFields } from "./area-fields.tsx";
import { Icon, IconButton, type IconName } from "./icons.tsx";
import { align, distribute, itemCount, mirror, move, selectionBox, turn, type Side } from "./moving.ts";
import { RoomFields, StageFields } from "./room-fields.tsx";
import { RowFields } from "./row-fields.tsx";
import { SeatFields } from "./seat-fields.tsx";
import { isNothing, selectedPlaces, selectedRows, selectedSeats } from "./selection.ts";

export function Properties({ desk }: { desk: Desk }) {
  const { texts } = desk;
  const { drawing, selection } = desk.edit.value;
  if (isNothing(selection)) {
    return (
      <>
        <RoomFields desk={desk} />
        <StageFields desk={desk} />
      </>
    );
  }
  const areas = drawing.areas.filter((area) => selection.areas.has(area.key));
  const standing = areas.filter((area) => area.kind === "standing");
  const seated = areas.filter((area) => area.kind === "seats");
  const rows = selectedRows(drawing, selection);
  const seats = selectedSeats(drawing, selection);
  const places = selectedPlaces(drawing, selection);
  return (
    <>
      <p class="editor-selected">{places > 0 ? texts.selected(places) : texts.panel.stage}</p>
      <Actions desk={desk} />
      {areas.length > 0 && <AreaFields desk={desk} areas={areas} seated={seated} />}
      {standing.length > 0 && <StandingFields desk={desk} areas={standing} />}
      {rows.length > 0 && <RowFields desk={desk} rows={rows} areas={seated} />}
      {(rows.length > 0 || seats.length > 0) && <SeatFields desk={desk} rows={rows} seats={seats} />}
      {selection.stage && <StageFields desk={desk} />}
      {!selection.stage && <Place desk={desk} />}
      <Arrange desk={desk} />
    </>
  );
}

function Actions({ desk }: { desk: Desk }) {
  const { texts } = desk;
  const { selection, drawing } = desk.edit.value;
  if (selection.stage && selection.areas.size + selection.rows.size + selection.seats.size === 0) return null;
  const seated = drawing.areas.some((area) => area.kind === "seats" && selection.areas.has(area.key));
  const { fields } = texts;
  return (
    <div class="editor-actions">
      <button
        type="button"
        class="editor-text-button"
        onClick={() => desk.do("duplicate", (edit) => duplicate(edit, texts.sectionName))}
      >
        <Icon name="duplicate" /> {fields.duplicate}
      </button>
      <button type="button" class="editor-text-button" onClick={() => desk.do("remove", remove)}>
        <Icon name="remove" /> {fields.remove}
      </button>
      {seated && (
        <>
          <button
            type="button"
            class="editor-text-button"
            onClick={() => desk.do("addRow", (edit) => addRow(edit, "front"))}
          >
            {fields.addFront}
          </button>
          <button
            type="button"
            class="editor-text-button"
            onClick={() => desk.do("addRow", (edit) => addRow(edit, "back"))}
          >
            {fields.addBack}
          </button>
        </>
      )}
    </div>
  );
}

function Place({ desk }: { desk: Desk }) {
  const { texts } = desk;
  const { fields } = texts;
  const { drawing, selection } = desk.edit.value;
  const { left, top } = selectionBox(drawing, selection);
  if (!Number.isFinite(left)) return null;
  const shared = { various: "", min: -100_000, max: 100_000, wrong: fields.whole, unit: "cm" };
  const homes = selection.rows.size > 0 && selection.areas.size === 0;
  return (
    <Group title={fields.place}>
      <NumberField
        {...shared}
        label={fields.left}
        value={Math.round(left)}
        onValue={(value) => desk.do("move", (edit) => move(edit, Math.round(value - left), 0))}
      />
      <NumberField
        {...shared}
        label={fields.top}
        value={Math.round(top)}
        onValue={(value) => desk.do("move", (edit) => move(edit, 0, Math.round(value - top)))}
      />
      <div class="editor-icons" role="group" aria-label={fields.turn}>
        <IconButton
          icon="turnLeft"
          label={fields.turnLeft}
          onClick={() => desk.do("turn", (edit) => turn(edit, -15), "turn")}
        />
        <IconButton
          icon="turnRight"
          label={fields.turnRight}
          onClick={() => desk.do("turn", (edit) => turn(edit, 15), "turn")}
        />
        {selection.areas.size + selection.rows.size > 0 && (
          <IconButton icon="mirror" label={fields.mirror} onClick={() => desk.do("mirror", mirror)} />
        )}
      </div>
      <NumberField
        label={fields.turn}
        unit="°"
        value={0}
        various=""
        min={-360}
        max={360}
        wrong={fields.whole}
        onValue={(value) => desk.do("turn", (edit) => turn(edit, value))}
      />
      {homes && <Home desk={desk} />}
    </Group>
  );
}

/** Which section the selected rows belong to. */
function Home({ desk }: { desk: Desk }) {
  const { texts } = desk;
  const { drawing, selection } = desk.edit.value;
  const seated = drawing.areas.filter((area) => area.kind === "seats");
  const homes = seated.filter((area) => area.rows.some((row) => selection.rows.has(row.key)));
  return (
    <SelectField
      wide
      label={texts.fields.inSection}
      various={texts.fields.various}
      value={homes.length === 1 ? homes[0]?.key : undefined}
      options={[
        ...seated.map((area) => ({ value: area.key, text: area.name })),
        { value: "new", text: texts.fields.newSection },
      ]}
      onValue={(key) =>
        desk.do("moveRows", (edit) => moveRowsTo(edit, key === "new" ? undefined : key, texts.sectionName))
      }
    />
  );
}

const sides: readonly Side[] = ["left", "centre", "right", "top", "middle", "bottom"];

function Arrange({ desk }: { desk: Desk }) {
  const { fields } = desk.texts;
  const { drawing, selection } = desk.edit.value;
  const few = itemCount(drawing, selection) < 3;
  const spread: readonly (readonly [axis: "x" | "y", icon: IconName, label: string])[] = [
    ["x", "across", fields.spreadAcross],
    ["y", "down", fields.spreadDown],
  ];
  return (
    <Group title={fields.arrange}>
      <div class="editor-icons">
        {sides.map((side) => (
          <IconButton
            key={side}
            icon={side}
            label={fields.align[side]}
            onClick={() => desk.do("align", (edit) => align(edit, side))}
          />
        ))}
        {spread.map(([axis, icon, label]) => (
          <IconButton
            key={axis}
            icon={icon}
            label={label}
            disabled={few}
            onClick={() => desk.do("distribute", (edit) => distribute(edit, axis))}
          />
        ))}
      </div>
    </Group>
  );
}
