// One showing with all that its pages say about it, what it is called there, and the way to it.

import type { OwnAuditorium, OwnShow, OwnShowing, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import type { PriceList } from "../../../domain/pricing.ts";
import type { Totals } from "../../../store/seller-reports.ts";
import { t } from "../../messages.ts";
import { momentText } from "../../times.ts";
import type { SellerPageServices, Visit } from "./frame.tsx";

/** A showing with all that its pages say about it. */
export interface ShowingView {
  showing: OwnShowing;
  show: OwnShow;
  venue: OwnVenue;
  auditorium: OwnAuditorium;
  prices: PriceList;
  totals: Totals;
}

export async function readShowing({ authoring, reports }: SellerPageServices, sellerId: string, id: string) {
  const showing = await authoring.showing(sellerId, id);
  return {
    showing,
    show: await authoring.show(sellerId, showing.showId),
    venue: await authoring.venue(sellerId, showing.venueId),
    auditorium: await authoring.auditorium(sellerId, showing.auditoriumId),
    prices: await authoring.priceList(sellerId, showing.priceListId),
    totals: await reports.ofShowing(sellerId, id),
  } satisfies ShowingView;
}

export function titleOf({ show, showing, venue }: ShowingView): string {
  return t.oneShowing.titleOf(show.title, momentText(showing.startsAt, venue.timeZone));
}

export function trailTo(visit: Visit, view?: ShowingView) {
  return [
    { href: `${visit.base}/showings`, text: t.programme.title },
    ...(view ? [{ href: `${visit.base}/showings/${view.showing.id}`, text: titleOf(view) }] : []),
  ];
}
