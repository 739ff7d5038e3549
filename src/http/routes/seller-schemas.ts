// Shapes that the seller's routes share.

import { Type, type Static, type TSchema } from "typebox";
import type { Accounts } from "../../accounts/accounts.ts";
import type { Authoring } from "../../catalogue/authoring/authoring.ts";
import type { Catalogue } from "../../catalogue/model.ts";
import type { Clock } from "../../domain/clock.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Sales } from "../../sales/sales.ts";
import type { SellerReports } from "../../store/seller-reports.ts";
import type { Visitors } from "../context.ts";

/** What the seller's routes are given. */
export interface SellerServices {
  authoring: Authoring;
  accounts: Pick<Accounts, "seller">;
  sales: Pick<Sales, "order" | "orderHistory" | "refund" | "moveSeats" | "resendTickets" | "scan" | "availability">;
  /** What is published. */
  catalogue: Pick<Catalogue, "showing">;
  reports: SellerReports;
  visitors: Visitors;
  clock: Clock;
}

export const base = "/api/v1/sellers/:sellerId";

const closed = { additionalProperties: false } as const;

/** An object without other fields than these. */
export function shape<T extends Record<string, TSchema>>(fields: T) {
  return Type.Object(fields, closed);
}

export const Id = Type.String({ minLength: 1, maxLength: 64 });
export const SellerParams = shape({ sellerId: Id });
/** RFC 3339. */
export const Instant = Type.String({ format: "date-time" });
export const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "YYYY-MM-DD" });
export const Time = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", description: "HH:MM on the venue's clock" });
export const Minor = Type.Integer({ minimum: 0, description: "In minor units of the seller's currency" });
export const TimeZone = Type.String({ minLength: 1, maxLength: 60, description: "IANA, like America/Denver" });
export const Limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });
export const Cursor = Type.String({ maxLength: 120 });

/** A page of a list. */
export function listOf<T extends TSchema>(item: T) {
  return shape({ items: Type.Array(item), next: Type.Optional(Type.String()) });
}

export type Of<T extends TSchema> = Static<T>;

export function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** Whole lists of a seller (venues, shows, prices) in pages; the cursor is the id of the page's last item. */
export function pageOf<T extends { id: string }>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor?: string },
): { items: T[]; next?: string } {
  const from = cursor === undefined ? 0 : all.findIndex((item) => item.id === cursor) + 1;
  if (cursor !== undefined && from === 0)
    throw new Refusal("invalid_request", "This page is gone.", { field: "cursor" });
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return last && from + limit < all.length ? { items, next: last.id } : { items };
}

export const PageQuery = shape({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) });

/** The page that a query asks for. */
export function pageQuery(query: { limit?: number; cursor?: string }, usual = 50): { limit: number; cursor?: string } {
  return { limit: query.limit ?? usual, ...(query.cursor === undefined ? {} : { cursor: query.cursor }) };
}

/** Instants of whole days on a clock: from the first day's beginning until the last one's end. Refuses nonsense. */
export function periodOf(
  { from, to }: { from: string; to: string },
  timeZone: string,
  mostDays: number,
): { from: number; until: number } {
  try {
    const first = Temporal.PlainDate.from(from);
    const last = Temporal.PlainDate.from(to);
    const days = first.until(last).days + 1;
    if (days < 1 || days > mostDays) {
      throw new Refusal("invalid_request", `From 1 to ${mostDays} days, please.`, { field: "to" });
    }
    const begin = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
    return { from: begin(first), until: begin(last.add({ days: 1 })) };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Refusal("invalid_request", "That is no date, or no time zone.", { field: "from" });
    }
    throw error;
  }
}
