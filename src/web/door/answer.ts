// What the door says of a scan, for the page as the server draws it and for its script: words, never codes.

import { fill } from "../picker/fill.ts";

export type DoorTexts = Record<
  | "yes"
  | "used"
  | "usedWhy"
  | "void"
  | "voidWhy"
  | "showing"
  | "showingWhy"
  | "seller"
  | "sellerWhy"
  | "old"
  | "oldWhy"
  | "unknown"
  | "unknownWhy"
  | "ticket",
  string
>;

/** As the API answers, with instants in ms. */
export interface Scanned {
  admitted: boolean;
  reason?: string;
  ticket?: { seat: string; tierName: string; title: string; startsAt: number; timeZone: string };
  usedAt?: number;
  usedGate?: string;
}

export interface AnswerView {
  tone: "yes" | "no" | "unsure" | "ready";
  word: string;
  why?: string;
  seat?: string;
  about?: string;
}

/** How instants are written. */
export interface Clocks {
  /** `19:04` */
  time(at: number, timeZone: string): string;
  /** `Fri, Nov 6, 19:30` */
  moment(at: number, timeZone: string): string;
  now: number;
}

const words = {
  ticket_used: ["used", "usedWhy"],
  ticket_void: ["void", "voidWhy"],
  ticket_wrong_showing: ["showing", "showingWhy"],
  not_allowed: ["seller", "sellerWhy"],
} as const;
/** Longer ago the day is said too. */
const sameEveningMs = 12 * 3_600_000;

/** Green or red, a word for it, the reason, and which ticket. */
export function answerView(texts: DoorTexts, scanned: Scanned, clocks: Clocks): AnswerView {
  const { ticket } = scanned;
  const about = ticket && {
    seat: ticket.seat,
    about: fill(texts.ticket, { ...ticket, when: clocks.moment(ticket.startsAt, ticket.timeZone) }),
  };
  if (scanned.admitted) return { tone: "yes", word: texts.yes, ...about };
  const [word, why] = Object.hasOwn(words, scanned.reason ?? "")
    ? words[scanned.reason as keyof typeof words]
    : ticket
      ? (["old", "oldWhy"] as const)
      : (["unknown", "unknownWhy"] as const);
  const { usedAt, usedGate = "" } = scanned;
  const used =
    usedAt === undefined
      ? ""
      : (clocks.now - usedAt < sameEveningMs ? clocks.time : clocks.moment)(usedAt, ticket?.timeZone ?? "UTC");
  return { tone: "no", word: texts[word], why: fill(texts[why], { time: used, gate: usedGate }), ...about };
}

/** A ticket's code, also at the end of an address or of something typed. */
export function codeOf(text: string): string {
  return ticketCode(text) ?? text.trim();
}

/** The ticket's code that a text ends in, if it does. */
export function ticketCode(text: string): string | undefined {
  return /(v1\.[\w-]+\.[\w-]+\.[\w-]+)\s*$/.exec(text)?.[1];
}
