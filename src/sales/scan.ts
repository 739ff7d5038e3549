// Let people in: a ticket is admitted once; a forged, altered, void or outdated one never.

import type { SectionCounts } from "../inventory/port.ts";
import { refOf, throwCommon, type SalesDeps } from "./deps.ts";
import type { ScanAnswer } from "./sales.ts";

export interface ScanInput {
  token: string;
  gate: string;
  sellerIds: readonly string[];
  showingId?: string;
  actor: string;
}

/** Reads a ticket and admits it if it may be. Says why not otherwise; throws only `sales_paused`. */
export async function scan(deps: SalesDeps, input: ScanInput): Promise<ScanAnswer> {
  const claims = deps.signer.read(input.token.trim());
  const showing = claims && (await deps.catalogue.showing(claims.showingId));
  if (!claims || !showing)
    return { admitted: false, reason: "ticket_invalid", detail: "This is not one of our tickets." };
  if (!input.sellerIds.includes(showing.sellerId)) {
    return { admitted: false, reason: "not_allowed", detail: "This ticket is for another seller's showing." };
  }
  const { ticketId, place, generation } = claims;
  const title = deps.catalogue.show(showing.showId)?.title ?? "";
  const { seat, section, tier } = claims;
  const timeZone = deps.catalogue.venue(showing.venueId)?.timeZone ?? "UTC";
  const tierName = showing.prices.tiers.find(({ id }) => id === tier)?.name ?? tier;
  const { id: showingId, startsAt } = showing;
  const ticket = { id: ticketId, seat, section, tier, tierName, showingId, title, startsAt, timeZone };
  if (deps.clock() > claims.validUntil)
    return { admitted: false, reason: "ticket_invalid", detail: "This ticket is outdated.", ticket };
  if (input.showingId !== undefined && input.showingId !== showing.id) {
    return { admitted: false, reason: "ticket_wrong_showing", detail: "This ticket is for another showing.", ticket };
  }
  deps.reached("before:scan");
  const result = await deps.inventory.scan({
    showing: refOf(showing),
    place,
    generation,
    ticketId,
    gate: input.gate,
    now: deps.clock(),
  });
  deps.reached("after:scan");
  if ("refusal" in result && result.refusal === "sales_paused") return throwCommon(result);
  const { sections } = await deps.inventory.counts(refOf(showing));
  const counted = doorCounts(sections);
  if ("admitted" in result) return { admitted: true, detail: `Welcome: ${seat}.`, ticket, ...counted };
  if (result.refusal === "ticket_used") {
    return {
      admitted: false,
      reason: "ticket_used",
      detail: "This ticket was used already.",
      ticket,
      usedAt: result.at,
      usedGate: result.gate,
      ...counted,
    };
  }
  return {
    admitted: false,
    reason: "ticket_void",
    detail: "This ticket is void: it was given back, or the buyer has a newer one.",
    ticket,
    ...counted,
  };
}

/** How many are in, of how many tickets that are sold. */
export function doorCounts(sections: readonly SectionCounts[]): { admittedCount: number; soldCount: number } {
  return {
    admittedCount: sections.reduce((sum, { admitted }) => sum + admitted, 0),
    soldCount: sections.reduce((sum, { sold }) => sum + sold, 0),
  };
}
