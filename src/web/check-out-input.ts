// The form of the check-out, read: everything that is wrong with it is said at once.

import { emailOf } from "../accounts/fields.ts";
import { orderIdPattern } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { OrderInput } from "../sales/sales.ts";
import { refusedForm, type FormState, type FormValues } from "./form-values.ts";
import { t } from "./messages.ts";

const orderId = new RegExp(orderIdPattern);
const mostName = 100;

/** The order that a form asks for, or the form with a sentence beside every field that is at fault. */
export function readCheckOut(
  holdId: string,
  provider: string,
  values: FormValues,
): { input: OrderInput } | { form: FormState } {
  const name = values.text("name", mostName + 1);
  const email = values.text("email", 255);
  const token = values.text("token", 200);
  const id = values.text("orderId", 64);
  const total = values.whole("total");
  const errors = {
    ...(name === "" || Array.from(name).length > mostName ? { name: t.checkout.noName } : {}),
    ...(isEmail(email) ? {} : { email: t.checkout.noEmail }),
    ...(token === "" ? { token: t.checkout.noMethod } : {}),
    ...(values.has("terms") ? {} : { terms: t.checkout.noTerms }),
  };
  const sound = orderId.test(id);
  if (!sound || Object.keys(errors).length > 0) {
    return { form: { values, errors, ...(sound ? {} : { message: t.checkout.again }) } };
  }
  return {
    input: {
      id,
      holdId,
      buyer: { name, email, language: t.language },
      payment: { provider, token },
      ...(total === undefined ? {} : { expectedTotalMinor: total }),
    },
  };
}

/** The form again after what only the sale itself could refuse. */
export function refusedCheckOut(values: FormValues, refusal: Refusal): FormState {
  return refusedForm(values, refusal, ["name", "email", "token"]);
}

function isEmail(text: string): boolean {
  try {
    return emailOf(text) !== "";
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
