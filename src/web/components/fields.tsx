// Form fields with their label, hint and error, tied together for screen readers. A field's value and error come from the form's state.

import { Fragment, type ComponentChildren, type InputHTMLAttributes } from "preact";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";

/** Which attributes go with which type is the caller's knowledge. */
type InputAttributes = InputHTMLAttributes;

interface Common {
  form: FormState;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** Without it the label says "optional". */
  required?: boolean;
  /** Says nothing about required or optional: for filters. */
  plain?: boolean;
  disabled?: boolean;
  /** For several forms with a field of this name in one page. */
  id?: string;
}

/** A one-line field. */
export function Field(
  props: Common & {
    type?:
      | "text"
      | "email"
      | "password"
      | "number"
      | "search"
      | "date"
      | "time"
      | "datetime-local"
      | "url"
      | "tel"
      | "file";
    autoComplete?: string;
    inputMode?: "numeric" | "decimal" | "text" | "url";
    min?: number | string;
    max?: number | string;
    step?: number | string;
    minLength?: number;
    maxLength?: number;
    pattern?: string;
    placeholder?: string;
    accept?: string;
    list?: string;
    autoFocus?: boolean;
    /** If the form has no value. */
    value?: string;
  },
) {
  const { form, name, label, hint, required, plain, id = name, type = "text", value = "", ...rest } = props;
  const given = form.values.has(name) ? form.values.raw(name) : value;
  const shown = type === "password" || type === "file" ? {} : { value: given };
  const own = { type, ...shown, ...attributes(form, name, id, hint, required), ...rest };
  return (
    <Framed {...{ form, name, label, hint, id, required: required ?? false, plain: plain ?? false }}>
      <input {...(own as InputAttributes)} />
    </Framed>
  );
}

/** A field of several lines. */
export function TextArea(props: Common & { rows?: number; maxLength?: number; value?: string }) {
  const { form, name, label, hint, required, plain, id = name, value = "", rows = 5, ...rest } = props;
  return (
    <Framed {...{ form, name, label, hint, id, required: required ?? false, plain: plain ?? false }}>
      <textarea rows={rows} {...attributes(form, name, id, hint, required)} {...rest}>
        {form.values.has(name) ? form.values.raw(name) : value}
      </textarea>
    </Framed>
  );
}

export interface Option {
  value: string;
  text: string;
  disabled?: boolean;
}

/** A choice of one from a list. */
export function Select(props: Common & { options: readonly Option[]; value?: string }) {
  const { form, name, label, hint, required, plain, id = name, value = "", options, disabled } = props;
  const chosen = form.values.has(name) ? form.values.raw(name) : value;
  return (
    <Framed {...{ form, name, label, hint, id, required: required ?? false, plain: plain ?? true }}>
      <select {...attributes(form, name, id, hint, required)} {...(disabled ? { disabled } : {})}>
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === chosen}
            {...(option.disabled ? { disabled: true } : {})}
          >
            {option.text}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** One box to tick. Several with one name make a list of values. */
export function Checkbox(props: {
  form: FormState;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  value?: string;
  /** If the form was not sent yet. */
  checked?: boolean;
}) {
  const { form, name, label, hint, value = "yes", checked = false } = props;
  const id = `${name}-${value}`;
  const ticked = form.values.has(name) ? form.values.all(name).includes(value) : checked;
  return (
    <div class="check">
      <input type="checkbox" checked={ticked} value={value} {...attributes(form, name, id, hint)} />
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError form={form} name={name} id={id} />
    </div>
  );
}

/** A choice of one, all in view; `more` stands below its option. */
export function Radios(props: {
  form: FormState;
  name: string;
  legend: ComponentChildren;
  options: readonly (Option & { hint?: string; more?: ComponentChildren })[];
  /** If the form was not sent yet. */
  value?: string;
}) {
  const { form, name, options } = props;
  const chosen = form.values.has(name) ? form.values.raw(name) : props.value;
  return (
    <fieldset class="choices" {...(form.errors[name] ? { "aria-describedby": `${name}-error` } : {})}>
      <legend>{props.legend}</legend>
      <FieldError form={form} name={name} id={name} />
      {options.map((option) => {
        const id = `${name}-${option.value}`;
        return (
          <Fragment key={option.value}>
            <div class="choice">
              <input
                type="radio"
                id={id}
                name={name}
                value={option.value}
                checked={option.value === chosen}
                {...(option.hint ? { "aria-describedby": `${id}-hint` } : {})}
              />
              <label for={id}>{option.text}</label>
              {option.hint && (
                <p class="hint" id={`${id}-hint`}>
                  {option.hint}
                </p>
              )}
            </div>
            {option.more}
          </Fragment>
        );
      })}
    </fieldset>
  );
}

/** What is wrong with a form as a whole; nothing if nothing is. */
export function FormMessage({ form }: { form: FormState }) {
  const text = form.message ?? (Object.keys(form.errors).length > 0 ? t.form.faults : undefined);
  return text ? (
    <div class="notice notice-error" role="alert">
      <p>{text}</p>
    </div>
  ) : null;
}

function Framed(props: {
  form: FormState;
  name: string;
  id: string;
  label: ComponentChildren;
  hint: ComponentChildren;
  required: boolean;
  plain: boolean;
  children: ComponentChildren;
}) {
  const { form, name, id, label, hint, required, plain, children } = props;
  return (
    <div class={form.errors[name] ? "field field-wrong" : "field"}>
      <label for={id}>
        {label}
        {!required && !plain && <span class="optional"> ({t.form.optional})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <FieldError form={form} name={name} id={id} />
    </div>
  );
}

function FieldError({ form, name, id }: { form: FormState; name: string; id: string }) {
  const error = form.errors[name];
  return error ? (
    <p class="field-error" id={`${id}-error`}>
      {error}
    </p>
  ) : null;
}

function attributes(form: FormState, name: string, id: string, hint?: ComponentChildren, required?: boolean) {
  const described = [hint && `${id}-hint`, form.errors[name] && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    name,
    ...(required ? { required: true } : {}),
    ...(described ? { "aria-describedby": described } : {}),
    ...(form.errors[name] ? { "aria-invalid": "true" as const } : {}),
  };
}
