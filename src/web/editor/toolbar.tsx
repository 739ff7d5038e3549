// The bar above the canvas, the tools beside it, and what floats on it.

import type { Desk, Tool } from "./desk.ts";
import { Icon, IconButton, type IconName } from "./icons.tsx";
import { setLevel, zoom } from "./keyboard.ts";
import type { Level } from "./selection.ts";

const tools: readonly (readonly [tool: Tool, keys: string])[] = [
  ["select", "V"],
  ["block", "B"],
  ["row", "R"],
  ["seat", "S"],
  ["standing", "A"],
  ["pan", "H"],
];

export function Tools({ desk }: { desk: Desk }) {
  const { texts } = desk;
  return (
    <div class="editor-tools" role="group" aria-label={texts.tools.label}>
      {tools.map(([tool]) => (
        <IconButton
          key={tool}
          icon={tool}
          label={texts.tools[tool]}
          pressed={desk.tool.value === tool}
          onClick={() => (desk.tool.value = tool)}
        />
      ))}
    </div>
  );
}

const levels: readonly Level[] = ["areas", "rows", "seats"];

/** What a click selects, on the canvas. */
export function Levels({ desk }: { desk: Desk }) {
  const { texts } = desk;
  return (
    <div class="editor-levels" role="radiogroup" aria-label={texts.levels.label}>
      {levels.map((level) => (
        <label key={level}>
          <input
            type="radio"
            name="editor-level"
            checked={desk.level.value === level && desk.tool.value === "select"}
            onChange={() => setLevel(desk, level)}
          />
          <span>{texts.levels[level]}</span>
        </label>
      ))}
    </div>
  );
}

export function Zoom({ desk, onFit }: { desk: Desk; onFit: () => void }) {
  const { bar } = desk.texts;
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  return (
    <div class="editor-zoom" role="group" aria-label={bar.fit}>
      <IconButton icon="minus" label={bar.zoomOut} onClick={() => zoom(desk, 0.8)} />
      <output class="editor-zoom-scale">{percent.format(desk.camera.value.scale)}</output>
      <IconButton icon="plus" label={bar.zoomIn} onClick={() => zoom(desk, 1.25)} />
      <IconButton icon="fit" label={bar.fit} onClick={onFit} />
    </div>
  );
}

const grids = [5, 10, 25, 50, 100];

export function Bar(props: {
  desk: Desk;
  state: string;
  saving: boolean;
  clean: boolean;
  onBegin: () => void;
  onExport: () => void;
  onHelp: () => void;
  onSave: () => void;
}) {
  const { desk, clean, saving } = props;
  const { bar } = desk.texts;
  const { past, future } = desk.history.value;
  const length = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "centimeter" });
  return (
    <div class="editor-bar" role="group" aria-label={bar.label}>
      <TextButton icon="begin" text={bar.begin} onClick={props.onBegin} />
      <TextButton icon="exported" text={bar.exported} onClick={props.onExport} />
      <span class="editor-gap" />
      <IconButton icon="undo" label={bar.undo} keys="Control+Z" disabled={past.length === 0} onClick={desk.undo} />
      <IconButton icon="redo" label={bar.redo} keys="Control+Y" disabled={future.length === 0} onClick={desk.redo} />
      <span class="editor-gap" />
      <label class="editor-snap">
        <input
          type="checkbox"
          checked={desk.snap.value}
          onChange={(event) => (desk.snap.value = event.currentTarget.checked)}
        />
        {bar.snap}
      </label>
      <select
        class="editor-grid"
        aria-label={bar.grid}
        value={String(desk.grid.value)}
        onChange={(event) => (desk.grid.value = Number(event.currentTarget.value))}
      >
        {grids.map((grid) => (
          <option key={grid} value={String(grid)}>
            {length.format(grid)}
          </option>
        ))}
      </select>
      <IconButton icon="help" label={bar.help} onClick={props.onHelp} />
      <span class="editor-spring" />
      <div class="editor-save">
        <span class="editor-state">{props.state}</span>
        <button type="button" class="button button-main" disabled={clean || saving} onClick={props.onSave}>
          {saving ? bar.saving : bar.save}
        </button>
      </div>
    </div>
  );
}

function TextButton(props: { icon: IconName; text: string; onClick: () => void }) {
  return (
    <button type="button" class="editor-text-button" onClick={props.onClick}>
      <Icon name={props.icon} /> <span>{props.text}</span>
    </button>
  );
}
