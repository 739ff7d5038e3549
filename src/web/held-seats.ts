// What somebody holds, kept by their own browser: a hold that is over is forgotten here, and its seats can be offered again.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { PricedHold } from "../sales/sales.ts";
import type { WantedSeat } from "./instead.ts";
import type { PageServices } from "./services.ts";

const name = "held";
/** Long enough to come back to a page that was left open. */
const lifeS = 3_600;
const mostBytes = 3_000;

const cookieOf = ({ publicUrl }: PageServices, holdId: string) =>
  ({
    path: `/holds/${holdId}`,
    httpOnly: true,
    sameSite: "lax",
    secure: publicUrl.startsWith("https://"),
  }) as const;

/** Remembers what a hold has, at the hold's own address. */
export function keepHeldSeats(services: PageServices, reply: FastifyReply, hold: PricedHold): void {
  const text = hold.lines.map(({ seat, tier }) => `${seat} ${tier}`).join("\n");
  const cookie = { ...cookieOf(services, hold.id), maxAge: lifeS };
  if (text.length <= mostBytes) void reply.setCookie(name, Buffer.from(text).toString("base64url"), cookie);
}

/** They are bought, or given back: nothing to offer. */
export function forgetHeldSeats(services: PageServices, reply: FastifyReply, holdId: string): void {
  void reply.clearCookie(name, cookieOf(services, holdId));
}

/** What the hold at this address had; a standing place is `FLOOR#17`. Nothing in it is trusted. */
export function heldSeats(request: FastifyRequest): WantedSeat[] {
  const text = Buffer.from(request.cookies[name]?.slice(0, 2 * mostBytes) ?? "", "base64url").toString("utf8");
  return text.split("\n").flatMap((line) => {
    const [seat = "", tier = ""] = line.split(" ");
    return seat === "" || tier === "" ? [] : [{ seat, tier }];
  });
}
