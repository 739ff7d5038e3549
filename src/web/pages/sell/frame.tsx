// What all of the seller's pages share: who may open them, and their frame. The way around stands beside the page on wide
// screens and at the lower edge of phones, where the thumb is.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import { may, type Right, type Seller, type SignedIn } from "../../../accounts/accounts.ts";
import type { Authoring, By, FirstSteps } from "../../../catalogue/authoring/authoring.ts";
import type { Overviews } from "../../../sales/overview/kept.ts";
import type { SellerReports } from "../../../store/seller-reports.ts";
import { sendPage } from "../../answers.ts";
import { Notice, PageHead } from "../../components/frames.tsx";
import { queryValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { numberText, percentText } from "../../numbers.ts";
import type { PageServices } from "../../services.ts";
import { StepsLine } from "./first-steps.tsx";
import { SellerNav } from "./nav.tsx";

/** What the seller's pages are given. */
export interface SellerPageServices extends PageServices {
  authoring: Authoring;
  reports: SellerReports;
  overviews: Overviews;
}

/** A member's visit to a page of a seller. */
export interface Visit {
  who: SignedIn;
  seller: Seller;
  by: By;
  /** `/sell/<seller id>` */
  base: string;
  /** Path and query of the page. */
  address: string;
  can(right: Right): boolean;
  /** The text of `?done=…`, after a form that worked. */
  done: string;
  /** What the seller has done who was never on sale, for whoever may go on with it. */
  firstSteps?: FirstSteps;
}

/** Lets a member with that right in; refuses `not_signed_in`, `not_allowed`. */
export async function enter(services: SellerPageServices, request: FastifyRequest, right: Right): Promise<Visit> {
  const { sellerId = "" } = request.params as { sellerId?: string };
  const who = await services.visitors.member(request, right, sellerId);
  const firstSteps = may(who, "list", sellerId) ? await services.authoring.firstSteps(sellerId) : undefined;
  return {
    who,
    seller: await services.accounts.seller(sellerId),
    by: { sellerId, actor: who.account.id },
    base: `/sell/${sellerId}`,
    address: request.url,
    can: (right) => may(who, right, sellerId),
    done: queryValues(request).text("done", 40),
    ...(firstSteps ? { firstSteps } : {}),
  };
}

/** A parameter of the address. */
export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? "";
}

export interface SellerPage {
  title: string;
  /** The part of the seller's pages that it belongs to: `/shows`. */
  part: string;
  /** The way here below the part. */
  trail?: readonly { href: string; text: string }[];
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  body: ComponentChildren;
  /** Islands of the page, and further stylesheets of styles/pages/. */
  islands?: readonly string[];
  styles?: readonly string[];
  /** The page loads itself again after so many seconds. */
  refreshSeconds?: number;
  /** The page says itself how far the seller has come. */
  saysSteps?: boolean;
}

/** Sends a page of a seller in its frame; nobody else may keep it. */
export function sendSellerPage(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  page: SellerPage,
  status = 200,
): FastifyReply {
  const { seller, base } = visit;
  const trail = [{ href: "/sell", text: t.sell.title }, { href: base, text: seller.name }, ...(page.trail ?? [])];
  const doneText = Object.hasOwn(t.sell.done, visit.done) && t.sell.done[visit.done as keyof typeof t.sell.done];
  const body = (
    <div class="sell">
      <SellerNav visit={visit} part={page.part} />
      <div class="sell-page">
        <PageHead
          title={page.title}
          trail={trail}
          {...(page.lead ? { lead: page.lead } : {})}
          {...(page.actions ? { actions: page.actions } : {})}
        />
        {doneText && status === 200 && (
          <Notice kind="done">
            <p>{doneText}</p>
          </Notice>
        )}
        {visit.firstSteps && !page.saysSteps && <StepsLine base={base} steps={visit.firstSteps} here={visit.address} />}
        {page.body}
      </div>
    </div>
  );
  return sendPage(
    services,
    reply,
    {
      title: `${page.title} – ${seller.name}`,
      part: "sell",
      wide: true,
      private: true,
      address: visit.address,
      styles: ["sell", ...(page.styles ?? [])],
      ...(page.refreshSeconds ? { refreshSeconds: page.refreshSeconds } : {}),
      ...(page.islands ? { islands: page.islands } : {}),
      body,
    },
    status,
  );
}

/** `tickets` of `places`, as people read it: `31 of 120 (26%)`. */
export function fullness(tickets: number, places: number): string {
  return t.sell.full(numberText(tickets), numberText(places), percentText(places === 0 ? 0 : tickets / places));
}

/** The clock that a seller reads totals by: the one that most of its venues have. */
export async function sellerTimeZone({ authoring }: SellerPageServices, sellerId: string): Promise<string> {
  return commonTimeZone(await authoring.venues(sellerId));
}

/** The first of those that most venues have; UTC for none. */
export function commonTimeZone(venues: readonly { timeZone: string }[]): string {
  const zones = [...Map.groupBy(venues, ({ timeZone }) => timeZone)];
  return zones.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? "UTC";
}
