// Ticket tokens: `v1.<key id>.<payload>.<signature>`, signed with Ed25519, so that a scanner needs public keys only.

import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from "node:crypto";
import type { Ticket } from "../domain/orders.ts";

/** What a token says. */
export interface TicketClaims {
  showingId: string;
  ticketId: string;
  place: number;
  seat: string;
  section: string;
  tier: string;
  generation: number;
  /** Milliseconds since 1970; after it the token is outdated. */
  validUntil: number;
}

export interface TicketSigner {
  sign(claims: TicketClaims): string;
  /** The claims of a token that one of our keys signed; undefined for anything else. Says nothing about `validUntil`. */
  read(token: string): TicketClaims | undefined;
}

/** After the end of a showing its tickets stay readable for so long: films start late, doors open again. */
const validAfterEndMs = 6 * 3_600_000;
/** A showing that is gone from the catalogue is taken to have lasted so long. */
const longestMs = 6 * 3_600_000;

/** When a showing ended whose end nobody knows any more. */
export function endOf(startsAt: number, endsAt: number | undefined): number {
  return endsAt ?? startsAt + longestMs;
}

/** The token of a ticket for a showing that ends at `endsAt`; "" for a void one. */
export function tokenOf(signer: Pick<TicketSigner, "sign">, ticket: Ticket, endsAt: number): string {
  if (ticket.status === "void") return "";
  const { showingId, id: ticketId, place, seat, section, tier, generation } = ticket;
  const validUntil = endsAt + validAfterEndMs;
  return signer.sign({ showingId, ticketId, place, seat, section, tier, generation, validUntil });
}

/** A signing key as it is kept; the first of a list signs, all of them verify. */
export interface TicketKey {
  id: string;
  /** PKCS #8, PEM. */
  privateKey: string;
}

/** A new Ed25519 key. */
export function newTicketKey(id: string): TicketKey {
  return {
    id,
    privateKey: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

/** Signs and reads tokens with the installation's keys. Throws if there is none or one cannot be read. */
export function createTicketSigner(keys: readonly TicketKey[]): TicketSigner {
  const [first] = keys;
  if (!first) throw new Error("there is no key to sign tickets with");
  const privateKey = createPrivateKey(first.privateKey);
  const publicKeys = new Map<string, KeyObject>(
    keys.map((key) => [key.id, createPublicKey(createPrivateKey(key.privateKey))]),
  );
  return {
    sign(claims) {
      const head = `v1.${first.id}.${encodeClaims(claims)}`;
      return `${head}.${sign(null, Buffer.from(head), privateKey).toString("base64url")}`;
    },
    read(token) {
      const [version, keyId = "", payload = "", signature = "", ...rest] = token.split(".");
      const publicKey = publicKeys.get(keyId);
      if (version !== "v1" || !publicKey || rest.length > 0 || !isBase64Url(payload) || !isBase64Url(signature))
        return undefined;
      const genuine = verify(
        null,
        Buffer.from(`v1.${keyId}.${payload}`),
        publicKey,
        Buffer.from(signature, "base64url"),
      );
      return genuine ? decodeClaims(payload) : undefined;
    },
  };
}

/** Only the one spelling of each token is accepted: no padding, no stray bits. */
function isBase64Url(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text) && Buffer.from(text, "base64url").toString("base64url") === text;
}

function encodeClaims(claims: TicketClaims): string {
  const { showingId, ticketId, place, seat, section, tier, generation, validUntil } = claims;
  return Buffer.from(
    JSON.stringify([showingId, ticketId, place, seat, section, tier, generation, validUntil]),
  ).toString("base64url");
}

function decodeClaims(payload: string): TicketClaims {
  const [showingId, ticketId, place, seat, section, tier, generation, validUntil] = JSON.parse(
    Buffer.from(payload, "base64url").toString(),
  ) as [string, string, number, string, string, string, number, number];
  return { showingId, ticketId, place, seat, section, tier, generation, validUntil };
}

/**
 * Secrets that open a guest's order. Derived, so that every answer about the order gives the same one and nothing is stored; from
 * its fingerprint too, so that whoever uses an old order's id again gets the key of the new order only.
 */
export interface OrderSecrets {
  of(order: SecretParts): string;
  matches(order: SecretParts, secret: string): boolean;
}

export interface SecretParts {
  orderId: string;
  fingerprint: string;
}

/** Order secrets under the installation's key of at least 32 bytes. */
export function createOrderSecrets(key: Uint8Array): OrderSecrets {
  if (key.length < 32) throw new Error("the key for order secrets is too short");
  const of = ({ orderId, fingerprint }: SecretParts) =>
    createHmac("sha256", key).update(`order ${orderId} ${fingerprint}`).digest("base64url").slice(0, 32);
  return {
    of,
    matches(order, secret) {
      const wanted = Buffer.from(of(order));
      const given = Buffer.from(secret);
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    },
  };
}
