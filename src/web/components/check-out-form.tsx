// The form that pays for a hold: who gets the tickets, how it is paid, on which terms.

import type { PricedHold } from "../../sales/sales.ts";
import { signInAddress, signUpAddress } from "../addresses.ts";
import type { CancelPolicy } from "../cancel-policy.ts";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { momentText, zoneText } from "../times.ts";
import { Button } from "./buttons.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Checkbox, Field, Radios } from "./fields.tsx";
import { Card } from "./frames.tsx";

export interface CheckOutProps {
  hold: PricedHold;
  form: FormState;
  orderId: string;
  /** Whose account it is bought with; a guest has none. */
  account: { name: string; email: string } | undefined;
  /** The sandbox gets its tokens as choices. */
  provider: string;
  policy: CancelPolicy;
  timeZone: string;
  now: number;
}

/** Nothing is checked by the browser: it would say one fault at a time, and the page says all of them. */
export function CheckOutForm(props: CheckOutProps) {
  const { hold, form, orderId, account, provider } = props;
  const methods = Object.entries(t.checkout.sandbox).map(([value, texts]) => ({ value, ...texts }));
  const targets = { terms: "terms-yes", ...(provider === "sandbox" ? { token: `token-${methods[0]?.value}` } : {}) };
  return (
    <form
      method="post"
      action={`/holds/${hold.id}/order`}
      class="check-out-form stack"
      noValidate
      data-busy={t.checkout.busy}
    >
      <ErrorSummary form={form} targets={targets} />
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="total" value={hold.totalMinor} />
      <Card title={t.checkout.who}>
        <Guest holdId={hold.id} account={account} />
        <Field form={form} name="name" label={t.checkout.name} autoComplete="name" maxLength={100} required />
        <Field
          form={form}
          name="email"
          label={t.checkout.email}
          hint={t.checkout.emailHint}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
        />
        <p class="check-out-meant" role="status" hidden data-meant={t.checkout.meant("%")}>
          <button type="button" class="button button-quiet button-small" />
        </p>
      </Card>
      <Card>
        {provider === "sandbox" ? (
          <Radios form={form} name="token" legend={t.checkout.method} value="tok_approve" options={methods} />
        ) : (
          <Field form={form} name="token" label={t.checkout.token} maxLength={200} required />
        )}
        <Terms {...props} />
        <Button wide>{t.checkout.go(moneyText(hold.totalMinor, hold.currency))}</Button>
        <p class="soft small check-out-promise">{t.checkout.promise}</p>
      </Card>
    </form>
  );
}

/** Whoever signs in comes back here: who knows the hold's address has the hold. */
function Guest({ holdId, account }: { holdId: string; account: CheckOutProps["account"] }) {
  const here = `/holds/${holdId}`;
  if (account) return <p class="soft">{t.checkout.withAccount(account.email)}</p>;
  return (
    <p class="soft">
      {t.checkout.guest} <a href={signInAddress(here)}>{t.checkout.signIn}</a> {t.checkout.or}{" "}
      <a href={signUpAddress(here)}>{t.checkout.signUp}</a>
      {t.checkout.held}
    </p>
  );
}

function Terms({ form, policy, timeZone, now }: CheckOutProps) {
  return (
    <div class="check-out-terms">
      <p>{cancelText(policy, timeZone, now)}</p>
      <Checkbox
        form={form}
        name="terms"
        label={
          <>
            {t.checkout.accept}{" "}
            <a href="/terms" target="_blank" rel="noopener">
              {t.terms.inline}
              <span class="unseen"> ({t.checkout.newTab})</span>
            </a>
            .
          </>
        }
      />
    </div>
  );
}

function cancelText(policy: CancelPolicy, timeZone: string, now: number): string {
  if (policy === undefined) return t.checkout.cancelUnknown;
  if (policy === "never" || policy.until <= now) return t.checkout.cancelNever;
  return t.checkout.cancelUntil(`${momentText(policy.until, timeZone)} ${zoneText(policy.until, timeZone)}`);
}
