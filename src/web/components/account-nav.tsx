import { t } from "../messages.ts";
import { ActionForm } from "./buttons.tsx";
import { PartNav } from "./frames.tsx";

/** The page needs the island `forget-orders`. */
export function SignOut() {
  return (
    <ActionForm action="/sign-out" forgets>
      {t.account.signOut}
    </ActionForm>
  );
}

/** The pages of an account. */
export function AccountNav({ current }: { current: "/account" | "/account/orders" }) {
  return (
    <PartNav
      label={t.account.title}
      current={current}
      links={[
        { href: "/account/orders", text: t.account.orders },
        { href: "/account", text: t.account.profile },
      ]}
    />
  );
}
