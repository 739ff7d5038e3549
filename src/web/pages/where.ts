// `GET /where`: keeps the place that somebody looks from, and leads back to the page that asked.

import type { Server } from "../../http/server.ts";
import { safeNext, withQuery } from "../addresses.ts";
import { queryValues } from "../form-values.ts";
import type { PageServices } from "../services.ts";
import { placeCookie, whereOf } from "../where.ts";

const keptS = 365 * 86_400;

/** `near` or `at` as in where.ts; neither forgets the place. `to` is a path of this site. */
export function registerWhere(server: Server, { catalogue, publicUrl }: PageServices): void {
  const cookie = { path: "/", httpOnly: true, sameSite: "lax", secure: publicUrl.startsWith("https://") } as const;
  server.get("/where", (request, reply) => {
    const values = queryValues(request);
    const { query, unknown } = whereOf(values, catalogue, undefined);
    const place = query.near ?? query.at;
    if (place !== undefined) void reply.setCookie(placeCookie, place, { ...cookie, maxAge: keptS });
    else if (unknown === undefined) void reply.clearCookie(placeCookie, cookie);
    const to = pathTo(values.text("to", 500), { ...query, ...(unknown === undefined ? {} : { near: unknown }) });
    return reply.header("cache-control", "no-store").redirect(to, 303);
  });
}

/** The page again, from its first part, near another place. */
function pathTo(to: string, place: { near?: string; at?: string }): string {
  const url = new URL(safeNext(to, "/"), "http://own.invalid");
  const fields = Object.fromEntries(url.searchParams);
  return withQuery(url.pathname, { ...fields, page: undefined, near: undefined, at: undefined, ...place });
}
