// Everything that is wrong with a form, above it: each sentence leads to its field. It takes the focus as the page is loaded.

import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";

/** `targets`: the ids of fields whose id is not their name. Nothing if nothing is wrong. */
export function ErrorSummary({ form, targets = {} }: { form: FormState; targets?: Readonly<Record<string, string>> }) {
  const errors = Object.entries(form.errors);
  if (errors.length === 0 && form.message === undefined) return null;
  return (
    <div class="notice notice-error error-summary" role="alert" tabIndex={-1} autofocus>
      <p class="notice-title">{form.message ?? t.form.faults}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(([name, sentence]) => (
            <li key={name}>
              <a href={`#${targets[name] ?? name}`}>{sentence}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
