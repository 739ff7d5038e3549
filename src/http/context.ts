// Who is asking: the session cookie, the guest's key, and the checks that routes begin with.

import type { FastifyReply, FastifyRequest } from "fastify";
import { may, type Accounts, type Right, type SignedIn } from "../accounts/accounts.ts";
import { newId, type RandomBytes } from "../domain/ids.ts";
import { networkOf } from "../domain/networks.ts";
import { Refusal } from "../domain/refusals.ts";
import type { Customer } from "../sales/sales.ts";
import { createAskedSignUps, type AskedSignUps } from "./asked-sign-ups.ts";

export interface CookieSettings {
  /** Whether the public address is https: cookies are then Secure and carry the __Host- prefix. */
  secure: boolean;
}

export interface Visitors {
  /** The signed-in person, or undefined. Reads the session once a request. */
  who(request: FastifyRequest): Promise<SignedIn | undefined>;
  /** The signed-in person; refuses `not_signed_in`. */
  signedIn(request: FastifyRequest): Promise<SignedIn>;
  /** The signed-in person if they may do that at that seller; refuses `not_signed_in`, `not_allowed`. */
  member(request: FastifyRequest, right: Right, sellerId: string): Promise<SignedIn>;
  /** Who holds and buys; gives a guest a key in a cookie if there is none yet. */
  customer(request: FastifyRequest, reply: FastifyReply): Promise<Customer>;
  /** The session's secret as the cookie has it. */
  secretOf(request: FastifyRequest): string | undefined;
  startSession(reply: FastifyReply, secret: string): void;
  endSession(reply: FastifyReply): void;
  signUps: AskedSignUps;
}

// The store decides when a session ends, thirty days after its last use. The cookie only has to last longer than that, so it
// has the longest life that browsers grant.
const sessionDays = 400;
const guestDays = 2;

/** The visitors of one server. */
export function createVisitors(
  accounts: Pick<Accounts, "session">,
  cookies: CookieSettings,
  random: RandomBytes,
): Visitors {
  const prefix = cookies.secure ? "__Host-" : "";
  const sessionCookie = `${prefix}marquee`;
  const guestCookie = `${prefix}marquee-guest`;
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure: cookies.secure } as const;
  const known = new WeakMap<FastifyRequest, Promise<SignedIn | undefined>>();
  const guests = new WeakMap<FastifyRequest, string>();

  const secretOf = (request: FastifyRequest) => request.cookies[sessionCookie];
  const who = (request: FastifyRequest) => {
    let found = known.get(request);
    if (!found) {
      const secret = secretOf(request);
      found = secret ? accounts.session(secret) : Promise.resolve(undefined);
      known.set(request, found);
    }
    return found;
  };
  /** The guest's key: one for all who ask in a request, and good for two more days whenever the guest does something. */
  const guestKey = (request: FastifyRequest, reply: FastifyReply): string => {
    const given = guests.get(request);
    if (given) return given;
    const sent = request.cookies[guestCookie];
    const valid = sent !== undefined && /^[0-9a-z]{26}$/.test(sent);
    const key = valid ? sent : newId(random);
    guests.set(request, key);
    if (!valid || (request.method !== "GET" && request.method !== "HEAD")) {
      void reply.setCookie(guestCookie, key, { ...options, maxAge: guestDays * 86_400 });
    }
    return key;
  };
  const signedIn = async (request: FastifyRequest) => {
    const found = await who(request);
    if (!found) throw new Refusal("not_signed_in");
    return found;
  };
  return {
    who,
    signedIn,
    secretOf,
    async member(request, right, sellerId) {
      const found = await signedIn(request);
      if (!may(found, right, sellerId)) throw new Refusal("not_allowed");
      return found;
    },
    async customer(request, reply) {
      const addressPrefix = networkOf(request.ip, 24, 48);
      const accountId = (await who(request))?.account.id;
      if (accountId) return { holder: `a:${accountId}`, accountId, addressPrefix };
      return { holder: `g:${guestKey(request, reply)}`, addressPrefix };
    },
    startSession: (reply, secret) =>
      void reply.setCookie(sessionCookie, secret, { ...options, maxAge: sessionDays * 86_400 }),
    endSession: (reply) => void reply.clearCookie(sessionCookie, options),
    signUps: createAskedSignUps(cookies),
  };
}
