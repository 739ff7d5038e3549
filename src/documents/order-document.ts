// What an order's documents are made from: the facts that a PDF, a calendar entry and a mail have in common.

import type { Language } from "../domain/languages.ts";
import { documentTexts } from "./texts.ts";

export interface OrderDocument {
  orderId: string;
  language: Language;
  buyerName: string;
  showTitle: string;
  startsAt: number;
  endsAt: number;
  venue: DocumentVenue;
  /** The room's name; "" if it is not known any more. */
  auditorium: string;
  /** Those that are still good. */
  tickets: readonly DocumentTicket[];
  /** Nobody comes any more: given back in full, or the showing is cancelled. */
  cancelled: boolean;
  placedAt: number;
  /** What the address of the order's page begins with. */
  publicUrl: string;
}

export interface DocumentVenue {
  name: string;
  address: string;
  city: string;
  region: string;
  country: string;
  timeZone: string;
  latitude: number;
  longitude: number;
}

export interface DocumentTicket {
  id: string;
  /** As the inventory names it: `C-7`, `FLOOR#17`. */
  seat: string;
  /** Its section's name where a room has several, else "". */
  section: string;
  tier: string;
  token: string;
}

/** The page of an order; who opens it shows an account or the key that the browser keeps. */
export function orderPage({ publicUrl, orderId }: Pick<OrderDocument, "publicUrl" | "orderId">): string {
  return `${publicUrl}/orders/${orderId}`;
}

/** Whether a place is one of a standing area's. */
export function isStanding(seat: string): boolean {
  return seat.includes("#");
}

/** `C-7`; a standing place has a number for the books only: `FLOOR#17` is said as `FLOOR`. */
function seatText(seat: string, language: Language): string {
  return isStanding(seat) ? documentTexts(language).standing(seat.slice(0, seat.indexOf("#"))) : seat;
}

/** `C-7, C-8`, and standing places counted: `FLOOR, standing × 3`. */
export function seatsText(seats: readonly string[], language: Language): string {
  const counts = new Map<string, number>();
  for (const seat of seats) {
    const text = seatText(seat, language);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} × ${count}`)).join(", ");
}

/** `1515 Curtis St, Denver, CO` */
export function addressText({ address, city, region }: Pick<DocumentVenue, "address" | "city" | "region">): string {
  return [address, city, region].filter((part) => part !== "").join(", ");
}
