import { t } from "../messages.ts";
import { PartNav } from "./frames.tsx";

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
