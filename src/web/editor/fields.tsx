// Fields of the panels. A value is given when the field is left or Enter is pressed; what cannot be meant stays in the field with
// a sentence beside it, and nothing changes.

import { useId, useState } from "preact/hooks";
import type { ComponentChildren, TargetedEvent } from "preact";

/** What a field shows of several things: their value if it is one, else that they differ. */
export function common<Item, Value>(items: readonly Item[], of: (item: Item) => Value): Value | undefined {
  const [first] = items;
  if (!first) return undefined;
  const value = of(first);
  return items.every((item) => of(item) === value) ? value : undefined;
}

interface Labelled {
  label: string;
  hint?: string | undefined;
}

function Framed(
  props: Labelled & { id: string; error?: string | undefined; wide?: boolean; children: ComponentChildren },
) {
  const { id, label, hint, error, wide, children } = props;
  return (
    <div class={`editor-field${wide ? " editor-field-wide" : ""}${error ? " field-wrong" : ""}`}>
      <label for={id}>{label}</label>
      {children}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function described(id: string, hint: string | undefined, error: string | undefined) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { id, ...(ids ? { "aria-describedby": ids } : {}), ...(error ? { "aria-invalid": true } : {}) };
}

/** A text; `read` answers its value, or a sentence about what is wrong. */
export function TextField<Value>(
  props: Labelled & {
    value: string | undefined;
    various: string;
    read: (text: string) => { value: Value } | { error: string };
    onValue: (value: Value) => void;
    maxLength?: number;
    wide?: boolean;
    inputMode?: "numeric" | "text";
  },
) {
  const { label, hint, value, various, read, onValue, wide = false } = props;
  const id = useId();
  const [typed, setTyped] = useState<{ text: string; error: string; shown: string | undefined }>();
  // What was mistyped is shown until the value changes from elsewhere.
  const wrong = typed && typed.shown === value ? typed : undefined;
  const give = (event: TargetedEvent<HTMLInputElement>) => {
    const { value: text } = event.currentTarget;
    const result = read(text.trim());
    if ("error" in result) return setTyped({ text, error: result.error, shown: value });
    setTyped(undefined);
    event.currentTarget.value = text.trim();
    onValue(result.value);
  };
  return (
    <Framed id={id} label={label} hint={hint} error={wrong?.error} wide={wide}>
      <input
        type="text"
        value={wrong?.text ?? value ?? ""}
        placeholder={value === undefined ? various : undefined}
        maxLength={props.maxLength}
        inputMode={props.inputMode}
        autoComplete="off"
        onChange={give}
        {...described(id, hint, wrong?.error)}
      />
    </Framed>
  );
}

/** A number; with `slider` also a slider for it. */
export function NumberField(
  props: Labelled & {
    value: number | undefined;
    various: string;
    min: number;
    max: number;
    step?: number;
    unit?: string;
    wrong: (min: number, max: number) => string;
    onValue: (value: number) => void;
    slider?: { min: number; max: number };
  },
) {
  const { label, hint, value, various, min, max, step = 1, unit, slider } = props;
  const id = useId();
  const [typed, setTyped] = useState<{ text: string; error: string; shown: number | undefined }>();
  const wrong = typed && typed.shown === value ? typed : undefined;
  const give = (event: TargetedEvent<HTMLInputElement>) => {
    const { value: text } = event.currentTarget;
    const number = Number(text.replace(",", "."));
    if (text.trim() === "" || !Number.isFinite(number) || number < min || number > max) {
      if (text.trim() === "" && value === undefined) return;
      setTyped({ text, error: props.wrong(min, max), shown: value });
      return;
    }
    setTyped(undefined);
    const given = Math.round(number / step) * step;
    props.onValue(Math.round(given * 100) / 100);
  };
  const shown = wrong?.text ?? (value === undefined ? "" : String(Math.round(value * 10) / 10));
  return (
    <Framed
      id={id}
      label={unit ? `${label} (${unit})` : label}
      hint={hint}
      error={wrong?.error}
      wide={slider !== undefined}
    >
      <div class="editor-number">
        <input
          type="number"
          value={shown}
          placeholder={value === undefined ? various : undefined}
          min={min}
          max={max}
          step={step}
          inputMode="decimal"
          onChange={give}
          {...described(id, hint, wrong?.error)}
        />
        {slider && (
          <input
            type="range"
            aria-label={label}
            min={slider.min}
            max={slider.max}
            step={step}
            value={value ?? 0}
            onInput={(event) => props.onValue(Number(event.currentTarget.value))}
          />
        )}
      </div>
    </Framed>
  );
}

export function SelectField<Value extends string>(
  props: Labelled & {
    value: Value | undefined;
    various: string;
    options: readonly { value: Value; text: string }[];
    onValue: (value: Value) => void;
    wide?: boolean;
  },
) {
  const { label, hint, value, options } = props;
  const id = useId();
  return (
    <Framed id={id} label={label} hint={hint} wide={props.wide ?? false}>
      <select
        value={value ?? ""}
        onChange={(event) => props.onValue(event.currentTarget.value as Value)}
        {...described(id, hint, undefined)}
      >
        {value === undefined && (
          <option value="" disabled>
            {props.various}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Framed>
  );
}

export function CheckField(props: { label: string; value: boolean | undefined; onValue: (value: boolean) => void }) {
  const id = useId();
  return (
    <div class="check editor-field-wide">
      <input
        type="checkbox"
        id={id}
        checked={props.value === true}
        ref={(input) => {
          if (input) input.indeterminate = props.value === undefined;
        }}
        onChange={(event) => props.onValue(event.currentTarget.checked)}
      />
      <label for={id}>{props.label}</label>
    </div>
  );
}

/** Numbers with commas between them. */
export function readList(text: string, error: string): { value: number[] } | { error: string } {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1 || number > 500)) return { error };
  return { value: [...new Set(numbers)].sort((a, b) => a - b) };
}

/** A group of fields under a heading. */
export function Group(props: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="editor-group">
      <legend>{props.title}</legend>
      <div class="editor-fields">{props.children}</div>
    </fieldset>
  );
}
