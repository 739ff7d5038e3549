import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { Field } from "./fields.tsx";

/** The e-mail address that one signs in with. */
export function EmailField({ form }: { form: FormState }) {
  return (
    <Field
      form={form}
      name="email"
      label={t.signIn.email}
      type="email"
      autoComplete="username"
      maxLength={254}
      required
    />
  );
}
