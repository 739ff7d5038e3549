// The dialogs: beginning a drawing, and the keys.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { SeatMap } from "../../domain/seat-map.ts";
import { seatMapTemplates, type SeatMapTemplate } from "../../domain/templates.ts";
import { ownTemplate } from "../own-template.ts";
import type { EditorTexts } from "../texts/en/editor.ts";
import { SelectField } from "./fields.tsx";
import { IconButton } from "./icons.tsx";
import { RoomForm } from "./room-form.tsx";

/** A native dialog that is open as long as it is drawn. */
function Dialog(props: { title: string; close: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="editor-dialog" ref={dialog} aria-labelledby={title} onClose={props.onClose}>
      <div class="editor-dialog-head">
        <h2 id={title}>{props.title}</h2>
        <IconButton icon="close" label={props.close} onClick={() => dialog.current?.close()} />
      </div>
      {props.children}
    </dialog>
  );
}

/** Another auditorium of the seller's. */
export interface OtherRoom {
  auditoriumId: string;
  name: string;
}

type Way = keyof EditorTexts["begin"]["ways"];

export function BeginDialog(props: {
  texts: EditorTexts;
  name: string;
  others: readonly OtherRoom[];
  /** The seats of another auditorium; undefined if they cannot be had. */
  load: (auditoriumId: string) => Promise<SeatMap | undefined>;
  onMap: (map: SeatMap) => boolean;
  onClose: () => void;
}) {
  const { texts, onMap } = props;
  const { begin } = texts;
  const [way, setWay] = useState<Way>("room");
  const [error, setError] = useState("");
  const choose = (map: SeatMap | undefined) => {
    if (!map) setError(begin.failed);
    else if (onMap(map)) props.onClose();
    else setError(texts.state.faultyImport);
  };
  return (
    <Dialog title={begin.title} close={begin.close} onClose={props.onClose}>
      <p class="hint">{begin.about}</p>
      <div class="editor-levels editor-ways" role="radiogroup" aria-label={begin.title}>
        {(Object.keys(begin.ways) as Way[]).map((one) => (
          <label key={one}>
            <input type="radio" name="editor-way" checked={way === one} onChange={() => setWay(one)} />
            <span>{begin.ways[one]}</span>
          </label>
        ))}
      </div>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {way === "room" && <RoomForm texts={texts} name={props.name} onMap={choose} />}
      {way === "template" && <TemplateForm texts={texts} name={props.name} onMap={choose} />}
      {way === "copy" && <CopyForm {...props} onChosen={choose} />}
      {way === "file" && <FileForm texts={texts} onMap={choose} />}
    </Dialog>
  );
}

function TemplateForm(props: { texts: EditorTexts; name: string; onMap: (map: SeatMap) => void }) {
  const { begin, places } = props.texts;
  const [kind, setKind] = useState<SeatMapTemplate | "blank">("small-cinema");
  const make = (event: Event) => {
    event.preventDefault();
    props.onMap(kind === "blank" ? blankMap(props.name, begin.stages.stage) : ownTemplate(kind, begin));
  };
  return (
    <form class="editor-fields" onSubmit={make}>
      <SelectField
        wide
        label={begin.template}
        various=""
        value={kind}
        options={[
          { value: "blank" as const, text: `${begin.blank}: ${begin.blankHint}` },
          ...seatMapTemplates.map((one) => ({
            value: one.kind,
            text: `${begin.templates[one.kind]}: ${places(one.places)}`,
          })),
        ]}
        onValue={setKind}
      />
      <div class="editor-dialog-go">
        <button type="submit" class="button button-main">
          {begin.open}
        </button>
      </div>
    </form>
  );
}

function blankMap(name: string, stage: string): SeatMap {
  const size = { width: 1_600, height: 1_600 };
  const place = { label: stage, x: 400, y: 60, width: 800, height: 120 };
  return { name, ...size, focus: { x: 800, y: 800 }, stage: place, sections: [] };
}

function CopyForm(props: {
  texts: EditorTexts;
  others: readonly OtherRoom[];
  load: (auditoriumId: string) => Promise<SeatMap | undefined>;
  onChosen: (map: SeatMap | undefined) => void;
}) {
  const { others } = props;
  const { begin } = props.texts;
  const [chosen, setChosen] = useState(others[0]?.auditoriumId ?? "");
  if (others.length === 0) return <p>{begin.noCopy}</p>;
  const copy = (event: Event) => {
    event.preventDefault();
    void props.load(chosen).then(props.onChosen);
  };
  return (
    <form class="editor-fields" onSubmit={copy}>
      <SelectField
        wide
        label={begin.copy}
        various=""
        value={chosen}
        options={others.map(({ auditoriumId, name }) => ({ value: auditoriumId, text: name }))}
        onValue={setChosen}
      />
      <div class="editor-dialog-go">
        <button type="submit" class="button button-main">
          {begin.open}
        </button>
      </div>
    </form>
  );
}

function FileForm(props: { texts: EditorTexts; onMap: (map: SeatMap) => void }) {
  const { begin } = props.texts;
  const id = useId();
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      props.onMap(JSON.parse(await file.text()) as SeatMap);
    } catch {
      props.onMap({} as SeatMap);
    }
  };
  return (
    <div class="editor-field editor-field-wide">
      <label for={id}>{begin.file}</label>
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
    </div>
  );
}

export function HelpDialog({ texts, onClose }: { texts: EditorTexts; onClose: () => void }) {
  const { help } = texts;
  const { shift, delete: remove } = help.keyNames;
  const rows: readonly (readonly [keys: string, what: string])[] = [
    ["V B R S A H", help.keys.tools],
    ["1 2 3", help.keys.levels],
    [`← ↑ → ↓, ${shift}`, help.keys.arrows],
    ["Ctrl Z, Ctrl Y", help.keys.undo],
    ["Ctrl C, X, V, D", help.keys.copy],
    ["Ctrl A", help.keys.all],
    [remove, help.keys.remove],
    ["Esc", help.keys.escape],
    ["+ − 0", help.keys.zoom],
    ["Ctrl S", help.keys.save],
    ["Alt", help.keys.free],
    [shift, help.keys.more],
  ];
  return (
    <Dialog title={help.title} close={help.close} onClose={onClose}>
      <dl class="editor-keys">
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{help.note}</p>
    </Dialog>
  );
}
