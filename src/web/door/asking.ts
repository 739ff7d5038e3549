// Asks the API about one code. What does not come back as an answer is no admission, and is said so in amber.

import { answerView, type AnswerView, type DoorTexts } from "./answer.ts";

/** What the page tells its script. */
export interface DoorPage {
  /** Where codes are sent to. */
  scans: string;
  /** Where the seller's showings are in the API. */
  showings: string;
  sellerId: string;
  /** The only showing that is let in, if there is one. */
  only?: string;
  /** The showing that is counted at first. */
  counted?: string;
  usualGate: string;
  texts: DoorTexts &
    Record<
      | "ready"
      | "readyWhy"
      | "offline"
      | "offlineWhy"
      | "noAnswer"
      | "noAnswerWhy"
      | "paused"
      | "pausedWhy"
      | "signedOut"
      | "signedOutWhy"
      | "count"
      | "noCamera"
      | "refused"
      | "busy"
      | "looking",
      string
    >;
}

export interface Counted {
  showingId: string;
  admitted: number;
  sold: number;
}

/** Of the API, admitted or a problem document. */
interface Answered {
  admitted?: boolean;
  code?: string;
  ticket?: { seat: string; tierName: string; title: string; startsAt: string; timeZone: string; showingId: string };
  usedAt?: string;
  usedGate?: string;
  admittedCount?: number;
  soldCount?: number;
}

/** Nobody stands before a spinning wheel for longer. */
const patienceMs = 8_000;

export async function askDoor(
  page: DoorPage,
  token: string,
  gate: string,
): Promise<{ view: AnswerView; counted?: Counted }> {
  const { texts, sellerId, only } = page;
  const unsure = (word: "offline" | "noAnswer" | "paused" | "signedOut") => ({
    view: { tone: "unsure", word: texts[word], why: texts[`${word}Why`] } as const,
  });
  if (!navigator.onLine) return unsure("offline");
  let response: Response;
  let answered: Answered;
  try {
    response = await fetch(page.scans, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, gate, sellerId, ...(only === undefined ? {} : { showingId: only }) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    answered = (await response.json()) as Answered;
  } catch {
    // It may have reached the server all the same.
    return unsure("noAnswer");
  }
  if (response.status === 401) return unsure("signedOut");
  // Anything but a verdict on the ticket: paused sales, too many requests, a fault.
  const said = response.ok
    ? answered.admitted === true
    : answered.admitted === false || answered.code === "invalid_request";
  if (!said) return unsure("paused");
  return { view: viewOf(texts, response.ok, answered), ...countOf(answered) };
}

function viewOf(texts: DoorTexts, admitted: boolean, answered: Answered): AnswerView {
  const { ticket, usedAt, usedGate, code } = answered;
  const language = document.documentElement.lang;
  const write = (options: Intl.DateTimeFormatOptions) => (at: number, timeZone: string) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone }).format(at);
  return answerView(
    texts,
    {
      admitted,
      ...(code === undefined ? {} : { reason: code }),
      ...(ticket ? { ticket: { ...ticket, startsAt: Date.parse(ticket.startsAt) } } : {}),
      ...(usedAt === undefined ? {} : { usedAt: Date.parse(usedAt) }),
      ...(usedGate === undefined ? {} : { usedGate }),
    },
    {
      now: Date.now(),
      time: write({ timeStyle: "short" }),
      moment: write({ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }),
    },
  );
}

function countOf({ ticket, admittedCount, soldCount }: Answered): { counted?: Counted } {
  if (!ticket || admittedCount === undefined || soldCount === undefined) return {};
  return { counted: { showingId: ticket.showingId, admitted: admittedCount, sold: soldCount } };
}
