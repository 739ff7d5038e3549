// The form of an auditorium: its name, and where its seats come from. It needs no scripts.

import type { SeatMapInUse, SeatMapSource } from "../../../catalogue/authoring/authoring.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import { roomLimits, roomMap } from "../../../domain/seat-map-room.ts";
import { seatMapTemplates } from "../../../domain/templates.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Radios, Select } from "../../components/fields.tsx";
import type { FormState, FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { ownTemplate } from "../../own-template.ts";
import { PageRefusal } from "../../page-refusal.ts";
import type { FileForm } from "./form-file.ts";
import type { SellerPageServices } from "./frame.tsx";

export const auditoriumFields = [
  "name",
  "turnaroundMinutes",
  "template",
  "rows",
  "seats",
  "aisles",
  "curve",
  "copy",
  "seatMap",
];

/** What a new auditorium's form begins with. */
export const usualAuditorium = {
  turnaroundMinutes: "20",
  template: "room",
  rows: "15",
  seats: "20",
  aisles: "5, 15",
  curve: "12",
};

export function readAuditorium(values: FormValues) {
  return { name: values.text("name"), turnaroundMinutes: values.whole("turnaroundMinutes") ?? Number.NaN };
}

/** Where the seats come from; undefined to leave them as they are. */
export async function sourceOf(
  { authoring }: Pick<SellerPageServices, "authoring">,
  sellerId: string,
  { values, file, tooLarge }: FileForm & { tooLarge?: Refusal },
): Promise<SeatMapSource | undefined> {
  if (tooLarge) throw tooLarge;
  const chosen = values.text("template", 30);
  if (chosen === "" || chosen === "keep") return undefined;
  if (chosen === "room") return { seatMap: readRoom(values) };
  if (chosen === "copy") {
    const id = values.text("copy", 60);
    if (id === "") throw new PageRefusal("invalid_request", t.auditoriums.chooseRoom, { field: "copy" });
    const { seatMapId } = await authoring.auditorium(sellerId, id);
    return { seatMap: (await authoring.seatMap(seatMapId)).map };
  }
  if (chosen !== "own") {
    const template = seatMapTemplates.find(({ kind }) => kind === chosen);
    if (!template) throw new PageRefusal("invalid_request", t.auditoriums.chooseTemplate, { field: "template" });
    return { seatMap: ownTemplate(template.kind, t.editor.begin) };
  }
  if (!file) throw new PageRefusal("invalid_request", t.auditoriums.chooseFile, { field: "seatMap" });
  try {
    return { seatMap: JSON.parse(file.toString("utf8")) as unknown };
  } catch {
    throw new PageRefusal("invalid_request", t.auditoriums.noJson, { field: "seatMap" });
  }
}

/** A room of so many rows and seats. Refuses every number that cannot be meant, at its field. */
function readRoom(values: FormValues) {
  const fields: Record<string, string> = {};
  const refuse = (field: string, sentence: string) => {
    fields[field] = sentence;
    return 1;
  };
  const rows = values.whole("rows", 1, roomLimits.rows) ?? refuse("rows", t.auditoriums.roomRows(roomLimits.rows));
  const seats =
    values.whole("seats", 1, roomLimits.seats) ?? refuse("seats", t.auditoriums.roomSeats(roomLimits.seats));
  const curve = Number(values.text("curve", 10).replace(",", ".") || "0");
  if (!(curve >= -60 && curve <= 60)) refuse("curve", t.auditoriums.roomCurve);
  const aislesAfter = values
    .text("aisles", 60)
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(Number);
  if (aislesAfter.some((after) => !Number.isInteger(after) || after < 1)) refuse("aisles", t.editor.fields.list);
  const [field, sentence] = Object.entries(fields)[0] ?? [];
  if (field !== undefined) throw new PageRefusal("invalid_request", sentence, { field, fields });
  return roomMap({
    name: values.text("name", 60) || t.editor.panel.room,
    rows,
    seats,
    aislesAfter,
    curve,
    rowNumbering: { style: "letters", from: "front", start: 1, skip: "IO" },
    seatNumbering: { from: "left", step: "all", start: 1 },
    wheelchairs: 0,
    section: t.editor.begin.section,
    stage: t.editor.begin.stages.screen,
  });
}

export function AuditoriumForm(props: {
  form: FormState;
  action: string;
  /** Of an auditorium that there is. */
  keep?: boolean;
  others: readonly SeatMapInUse[];
}) {
  const { form, keep = false, others } = props;
  const { sources, templateHint, ...texts } = t.auditoriums;
  const copies = (
    <div class="auditorium-copy">
      <Select
        form={form}
        name="copy"
        label={texts.copyOf}
        options={others.map(({ name, placeCount, auditoriumId, auditoriums }) => ({
          value: auditoriumId,
          text: texts.inUse(name, texts.places(placeCount), auditoriums),
        }))}
      />
    </div>
  );
  const file = (
    <div class="auditorium-own">
      <Field form={form} name="seatMap" label={texts.file} type="file" accept="application/json,.json" plain />
    </div>
  );
  return (
    <form method="post" action={props.action} encType="multipart/form-data" class="sell-form auditorium-form">
      <FormMessage form={form} />
      <Field form={form} name="name" label={texts.name} hint={texts.nameHint} required maxLength={60} />
      <Field
        form={form}
        name="turnaroundMinutes"
        label={texts.turnaround}
        hint={texts.turnaroundHint}
        type="number"
        min={0}
        max={720}
        required
      />
      <Radios
        form={form}
        name="template"
        legend={texts.seats}
        options={[
          ...(keep ? [{ value: "keep", text: sources.keep, hint: sources.keepHint }] : []),
          { value: "room", text: sources.room, hint: sources.roomHint, more: <RoomFields form={form} /> },
          ...seatMapTemplates.map(({ kind }) => ({
            value: kind,
            text: t.editor.begin.templates[kind],
            hint: templateHint[kind],
          })),
          ...(others.length > 0 ? [{ value: "copy", text: sources.copy, hint: sources.copyHint, more: copies }] : []),
          { value: "own", text: sources.own, hint: sources.ownHint, more: file },
        ]}
      />
      <div class="actions">
        <Button>{keep ? texts.save : texts.add}</Button>
        {!keep && (
          <Button name="next" value="draw" kind="quiet">
            {texts.addAndDraw}
          </Button>
        )}
      </div>
    </form>
  );
}

function RoomFields({ form }: { form: FormState }) {
  const { begin, fields } = t.editor;
  return (
    <div class="auditorium-room sell-fields">
      <Field form={form} name="rows" label={begin.rows} type="number" min={1} max={roomLimits.rows} plain />
      <Field form={form} name="seats" label={begin.seats} type="number" min={1} max={roomLimits.seats} plain />
      <Field form={form} name="aisles" label={begin.aisles} hint={fields.aislesHint} maxLength={60} plain />
      <Field
        form={form}
        name="curve"
        label={begin.curve}
        hint={fields.curveHint}
        type="number"
        min={-60}
        max={60}
        plain
      />
    </div>
  );
}
