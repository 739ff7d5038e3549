// Hangs the pages about one's account on the server.

import type { Server } from "../http/server.ts";
import { registerAccount } from "./pages/account.tsx";
import { registerAccountClose } from "./pages/account-close.tsx";
import { registerAccountEmail } from "./pages/account-email.tsx";
import { registerAccountOrders } from "./pages/account-orders.tsx";
import { registerPasswordReset } from "./pages/password-reset.tsx";
import { registerSignUp } from "./pages/sign-up.tsx";
import { registerSigningIn } from "./pages/signing-in.tsx";
import type { PageServices } from "./services.ts";

/** Registers signing in, up and out, the forgotten password, and `/account` with everything below it. */
export function registerAccountPages(server: Server, services: PageServices): void {
  registerSigningIn(server, services);
  registerSignUp(server, services);
  registerPasswordReset(server, services);
  registerAccount(server, services);
  registerAccountEmail(server, services);
  registerAccountOrders(server, services);
  registerAccountClose(server, services);
}
