// Buttons, and links that look like them.

import type { ComponentChildren } from "preact";

/** `main` once a view; `quiet` beside it; `danger` for what cannot be taken back. */
export type ButtonKind = "main" | "quiet" | "danger";

const className = (kind: ButtonKind, small?: boolean, wide?: boolean) =>
  `button button-${kind}${small ? " button-small" : ""}${wide ? " button-wide" : ""}`;

/** A button that sends its form. */
export function Button(props: {
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  /** As wide as what it stands in. */
  wide?: boolean;
  name?: string;
  value?: string;
  /** The form it sends, if it stands outside. */
  form?: string;
  disabled?: boolean;
  /** Other address than the form's. */
  formAction?: string;
  /** Read instead of the text, where several buttons of one text stand in a page. */
  label?: string;
}) {
  const { children, kind = "main", small, wide, label, formAction, ...rest } = props;
  return (
    <button
      type="submit"
      class={className(kind, small, wide)}
      {...(label ? { "aria-label": label } : {})}
      {...(formAction ? { formaction: formAction } : {})}
      {...rest}
    >
      {children}
    </button>
  );
}

export function ButtonLink(props: { href: string; children: ComponentChildren; kind?: ButtonKind; small?: boolean }) {
  return (
    <a href={props.href} class={className(props.kind ?? "main", props.small)}>
      {props.children}
    </a>
  );
}

/** A button that is a whole form of its own: `<ActionForm action="/sign-out">Sign out</ActionForm>`. */
export function ActionForm(props: {
  action: string;
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  label?: string;
  /** It ends a session: the browser drops what it saved of orders. Needs the island `forget-orders`. */
  forgets?: boolean;
}) {
  return (
    <form
      method="post"
      action={props.action}
      class="action-form"
      {...(props.forgets ? { "data-forget-orders": true } : {})}
    >
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button
        kind={props.kind ?? "quiet"}
        {...(props.small ? { small: true } : {})}
        {...(props.label ? { label: props.label } : {})}
      >
        {props.children}
      </Button>
    </form>
  );
}
