// Fields of the room as a whole, and of the stage or screen.

import { setRoom, setStage } from "./areas.ts";
import type { Desk } from "./desk.ts";
import { areaBox, join, noBox, type Drawing } from "./drawing.ts";
import { Group, NumberField, TextField } from "./fields.tsx";
import { fitDrawing } from "./moving.ts";

export function RoomFields({ desk }: { desk: Desk }) {
  const { fields, panel } = desk.texts;
  const { drawing } = desk.edit.value;
  const side = { various: "", min: 100, max: 100_000, wrong: fields.whole, unit: "cm" };
  const point = { ...side, min: 0 };
  const { focus } = drawing;
  return (
    <>
      <Group title={panel.room}>
        <TextField
          wide
          label={fields.drawingName}
          value={drawing.name}
          various=""
          maxLength={80}
          read={(text) => (text.length > 0 ? { value: text } : { error: fields.filled(80) })}
          onValue={(name) => desk.do("room", (edit) => setRoom(edit, { name }))}
        />
        <NumberField
          {...side}
          label={fields.width}
          value={drawing.width}
          onValue={(width) => desk.do("room", (edit) => setRoom(edit, { width }))}
        />
        <NumberField
          {...side}
          label={fields.depth}
          value={drawing.height}
          onValue={(height) => desk.do("room", (edit) => setRoom(edit, { height }))}
        />
        <div class="editor-actions editor-field-wide">
          <button type="button" class="editor-text-button" onClick={() => desk.do("fit", fitDrawing)}>
            {fields.fit}
          </button>
        </div>
      </Group>
      <Group title={fields.focus}>
        <p class="hint editor-field-wide">{fields.focusHint}</p>
        <NumberField
          {...point}
          label={fields.left}
          value={focus.x}
          onValue={(x) => desk.do("room", (edit) => setRoom(edit, { focus: { ...edit.drawing.focus, x } }))}
        />
        <NumberField
          {...point}
          label={fields.top}
          value={focus.y}
          onValue={(y) => desk.do("room", (edit) => setRoom(edit, { focus: { ...edit.drawing.focus, y } }))}
        />
        <div class="editor-actions editor-field-wide">
          <button
            type="button"
            class="editor-text-button"
            onClick={() => desk.do("room", (edit) => setRoom(edit, { focus: amidSeats(edit.drawing) }))}
          >
            {fields.focusMiddle}
          </button>
        </div>
      </Group>
    </>
  );
}

/** In the middle across, and a little behind it in depth: where cinemas sell first. */
function amidSeats(drawing: Drawing) {
  const seated = drawing.areas.filter((area) => area.kind === "seats");
  const { left, top, right, bottom } = seated.map(areaBox).reduce(join, noBox);
  if (left > right) return drawing.focus;
  return { x: Math.round((left + right) / 2), y: Math.round(top + (bottom - top) * 0.6) };
}

export function StageFields({ desk }: { desk: Desk }) {
  const { fields, panel } = desk.texts;
  const { stage } = desk.edit.value.drawing;
  const shared = { various: "", min: 0, max: 100_000, wrong: fields.whole, unit: "cm" };
  const set = (change: Partial<Drawing["stage"]>) => desk.do("stage", (edit) => setStage(edit, change));
  return (
    <Group title={panel.stage}>
      <TextField
        wide
        label={fields.stageLabel}
        value={stage.label}
        various=""
        maxLength={40}
        read={(text) => ({ value: text })}
        onValue={(label) => set({ label })}
      />
      <NumberField {...shared} label={fields.left} value={stage.x} onValue={(x) => set({ x })} />
      <NumberField {...shared} label={fields.top} value={stage.y} onValue={(y) => set({ y })} />
      <NumberField {...shared} label={fields.width} value={stage.width} onValue={(width) => set({ width })} />
      <NumberField {...shared} label={fields.depth} value={stage.height} onValue={(height) => set({ height })} />
    </Group>
  );
}
