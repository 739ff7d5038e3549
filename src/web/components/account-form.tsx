// The card with a form in which people sign in, sign up or choose a password.

import type { ComponentChildren } from "preact";
import type { FormState } from "../form-values.ts";
import { Button } from "./buttons.tsx";
import { FormMessage } from "./fields.tsx";
import { Card } from "./frames.tsx";

/** `username` is told to password managers where the form does not ask for it. */
export function AccountForm(props: {
  action: string;
  form: FormState;
  /** Of the button. */
  go: string;
  children: ComponentChildren;
  /** Above the fields, if the page has several such forms. */
  title?: string;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  username?: string;
  /** What it does cannot be taken back. */
  danger?: boolean;
}) {
  return (
    <Card {...(props.title === undefined ? {} : { title: props.title })}>
      <form method="post" action={props.action} class="account-form">
        <FormMessage form={props.form} />
        {Object.entries(props.fields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {props.username !== undefined && (
          <input type="text" autoComplete="username" value={props.username} readOnly hidden />
        )}
        {props.children}
        <Button kind={props.danger ? "danger" : "main"}>{props.go}</Button>
      </form>
    </Card>
  );
}
