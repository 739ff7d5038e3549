// What all of the seller's pages share: who may open them, and their frame.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import { may, type Right, type Seller, type SignedIn } from "../../../accounts/accounts.ts";
import type { Authoring, By } from "../../../catalogue/authoring/authoring.ts";
import type { SellerReports } from "../../../store/seller-reports.ts";
import { sendPage } from "../../answers.ts";
import { Notice, PageHead, PartNav } from "../../components/frames.tsx";
import { queryValues } from "../../form-values.ts";
import type { PageServices } from "../../services.ts";

/** What the seller's pages are given. */
export interface SellerPageServices extends PageServices {
  authoring: Authoring;
  reports: SellerReports;
}

/** A member's visit to a page of a seller. */
export interface Visit {
  who: SignedIn;
  seller: Seller;
  by: By;
  /** `/sell/<seller id>` */
  base: string;
  can(right: Right): boolean;
  /** The text of `?done=…`, after a form that worked. */
  done: string;
}

/** Lets a member with that right in; refuses `not_signed_in`, `not_allowed`. */
export async function enter(services: SellerPageServices, request: FastifyRequest, right: Right): Promise<Visit> {
  const { sellerId = "" } = request.params as { sellerId?: string };
  const who = await services.visitors.member(request, right, sellerId);
  return {
    who,
    seller: await services.accounts.seller(sellerId),
    by: { sellerId, actor: who.account.id },
    base: `/sell/${sellerId}`,
    can: (right) => may(who, right, sellerId),
    done: queryValues(request).text("done", 40),
  };
}

/** A parameter of the address. */
export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? "";
}

const doneTexts: Readonly<Record<string, string>> = {
  added: "Added.",
  saved: "Saved.",
  published: "Published. It is in the list of shows within two seconds.",
  archived: "Archived.",
  scheduled: "Scheduled as drafts. Publish them when you are ready.",
  cancelled: "Cancelled. Every order is being refunded.",
  blocked: "These seats are off sale.",
  unblocked: "These seats are on sale again.",
  refunded: "Refunded. These tickets no longer open the door.",
  removed: "Removed.",
  withdrawn: "The invitation is withdrawn.",
};

/** The pages of a seller that a role may open. */
function linksOf({ base, can }: Visit): { href: string; text: string }[] {
  const links: { right: Right; path: string; text: string }[] = [
    { right: "sales", path: "", text: "Overview" },
    { right: "list", path: "/shows", text: "Shows" },
    { right: "orders", path: "/showings", text: "Showings" },
    { right: "list", path: "/venues", text: "Venues" },
    { right: "list", path: "/prices", text: "Prices" },
    { right: "orders", path: "/orders", text: "Orders" },
    { right: "scan", path: "/scan", text: "Scan" },
    { right: "members", path: "/members", text: "Members" },
    { right: "settings", path: "/settings", text: "Settings" },
  ];
  return links.filter(({ right }) => can(right)).map(({ path, text }) => ({ href: base + path, text }));
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
  const trail = [{ href: "/sell", text: "Sell" }, { href: base, text: seller.name }, ...(page.trail ?? [])];
  const doneText = doneTexts[visit.done];
  const body = (
    <>
      <PageHead
        title={page.title}
        trail={trail}
        {...(page.lead ? { lead: page.lead } : {})}
        {...(page.actions ? { actions: page.actions } : {})}
      />
      <PartNav label={`Pages of ${seller.name}`} current={base + page.part} links={linksOf(visit)} />
      {doneText && status === 200 && (
        <Notice kind="done">
          <p>{doneText}</p>
        </Notice>
      )}
      {page.body}
    </>
  );
  const title = `${page.title} – ${seller.name}`;
  return sendPage(services, reply, { title, part: "sell", wide: true, private: true, body }, status);
}

/** `tickets` of `places`, as people read it: `31 of 120 (26 %)`. */
export function fullness(tickets: number, places: number): string {
  const percent = places === 0 ? 0 : Math.round((tickets / places) * 100);
  return `${tickets.toLocaleString("en-US")} of ${places.toLocaleString("en-US")} (${percent} %)`;
}

/** The clock that a seller reads totals by: that of its first venue. */
export async function sellerTimeZone({ authoring }: SellerPageServices, sellerId: string): Promise<string> {
  return (await authoring.venues(sellerId))[0]?.timeZone ?? "UTC";
}
