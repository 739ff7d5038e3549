// What pages are given: the use cases, never a back end.

import type { Accounts } from "../accounts/accounts.ts";
import type { Catalogue } from "../catalogue/model.ts";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import type { ResponseCache } from "../http/cached.ts";
import type { Visitors } from "../http/context.ts";
import type { Sales } from "../sales/sales.ts";
import type { CancelPolicies } from "./cancel-policy.ts";
import type { Web } from "./open.ts";

export interface PageServices {
  /** The layout and its assets, opened once at start. */
  web: Web;
  catalogue: Catalogue;
  sales: Sales;
  accounts: Accounts;
  visitors: Visitors;
  clock: Clock;
  random: RandomBytes;
  cache: ResponseCache;
  /** `https://tickets.example.org`: decides whether cookies are Secure. */
  publicUrl: string;
  /** The payment provider's name: the sandbox gets its tokens as choices. */
  paymentProvider: string;
  /** Pages show the links that mails hold: a demo's mails reach nobody. Anywhere else it would be anybody's key to any account. */
  showsMailedLinks: boolean;
}

/** What the pages of buying are given as well. */
export interface BuyingServices extends PageServices {
  cancelPolicies: CancelPolicies;
}
