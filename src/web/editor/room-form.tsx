// A room from a few numbers, as the first draft of a drawing.

import { useState } from "preact/hooks";
import { roomLimits, roomMap } from "../../domain/seat-map-room.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import type { EditorTexts } from "../texts/en/editor.ts";
import { NumberField, readList, SelectField, TextField } from "./fields.tsx";

const firstPlan = {
  rows: 15,
  seats: 20,
  aislesAfter: [5, 15],
  curve: 12,
  wheelchairs: 4,
  stage: "screen" as "screen" | "stage",
  rowStyle: "skipping" as "letters" | "skipping" | "numbers",
};

type Plan = typeof firstPlan;

function mapOf(plan: Plan, name: string, texts: EditorTexts): SeatMap {
  const { stage, rowStyle, ...numbers } = plan;
  return roomMap({
    ...numbers,
    name,
    section: texts.begin.section,
    stage: texts.begin.stages[stage],
    rowNumbering: {
      style: rowStyle === "numbers" ? "numbers" : "letters",
      from: "front",
      start: 1,
      ...(rowStyle === "skipping" ? { skip: "IO" } : {}),
    },
    seatNumbering: { from: "left", step: "all", start: 1 },
  });
}

export function RoomForm(props: { texts: EditorTexts; name: string; onMap: (map: SeatMap) => void }) {
  const { texts } = props;
  const { begin, fields } = texts;
  const [plan, setPlan] = useState(firstPlan);
  const set = (change: Partial<Plan>) => setPlan((before) => ({ ...before, ...change }));
  const make = (event: Event) => {
    event.preventDefault();
    props.onMap(mapOf(plan, props.name, texts));
  };
  return (
    <form class="editor-fields" onSubmit={make}>
      <Sizes texts={texts} plan={plan} set={set} />
      <SelectField
        label={begin.rowNames}
        various=""
        value={plan.rowStyle}
        options={[
          { value: "skipping", text: `${fields.rowStyles.letters} (${fields.skip.toLowerCase()}: I, O)` },
          { value: "letters", text: fields.rowStyles.letters },
          { value: "numbers", text: fields.rowStyles.numbers },
        ]}
        onValue={(rowStyle) => set({ rowStyle })}
      />
      <SelectField
        label={begin.stage}
        various=""
        value={plan.stage}
        options={(["screen", "stage"] as const).map((value) => ({ value, text: begin.stages[value] }))}
        onValue={(stage) => set({ stage })}
      />
      <div class="editor-dialog-go">
        <output>{begin.total(plan.rows * plan.seats)}</output>
        <button type="submit" class="button button-main">
          {begin.make}
        </button>
      </div>
    </form>
  );
}

function Sizes({ texts, plan, set }: { texts: EditorTexts; plan: Plan; set: (change: Partial<Plan>) => void }) {
  const { begin, fields } = texts;
  const shared = { various: "", wrong: fields.whole };
  return (
    <>
      <NumberField
        {...shared}
        label={begin.rows}
        value={plan.rows}
        min={1}
        max={roomLimits.rows}
        onValue={(rows) => set({ rows: Math.round(rows) })}
      />
      <NumberField
        {...shared}
        label={begin.seats}
        value={plan.seats}
        min={1}
        max={roomLimits.seats}
        onValue={(seats) => set({ seats: Math.round(seats) })}
      />
      <TextField
        label={begin.aisles}
        hint={fields.aislesHint}
        value={plan.aislesAfter.join(", ")}
        various=""
        read={(text) => readList(text, fields.list)}
        onValue={(aislesAfter) => set({ aislesAfter })}
      />
      <NumberField
        {...shared}
        label={begin.wheelchairs}
        hint={begin.wheelchairsHint}
        value={plan.wheelchairs}
        min={0}
        max={roomLimits.wheelchairs}
        onValue={(wheelchairs) => set({ wheelchairs: Math.round(wheelchairs) })}
      />
      <NumberField
        {...shared}
        label={begin.curve}
        hint={fields.curveHint}
        value={plan.curve}
        min={-60}
        max={60}
        slider={{ min: -60, max: 60 }}
        onValue={(curve) => set({ curve })}
      />
    </>
  );
}
