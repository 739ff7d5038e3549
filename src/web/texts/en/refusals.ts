// What was refused, and what to do about it.

import { faultSentence, type Fault } from "../../../domain/faults.ts";
import { refusals, type Refusal, type RefusalCode } from "../../../domain/refusals.ts";

/** As programs are told, but for what people meet most. */
function titleOf(code: RefusalCode): string {
  return code === "not_found" ? "We cannot find that page" : refusals[code].title;
}

export const refusalTexts = {
  refusals: {
    again: "Try again",
    home: "See what is on",
    /** What a refusal is called. */
    title: titleOf,
    /** The sentence of a refusal that the pages did not put into words themselves: `sentenceOf` asks for it. */
    sentence: ({ code, message }: Pick<Refusal, "code" | "facts" | "message">) =>
      message === refusals[code].title ? titleOf(code) : message,
    /** What is wrong with something that was entered. */
    fault: (fault: Fault): string => faultSentence(fault),
    advice: {
      not_found: "The address may be mistyped, or what it showed is over.",
      sales_paused: "Nothing is lost: seats that you hold stay yours. Try again in a moment.",
      unavailable: "Try again in a moment.",
      showing_cancelled: "Whoever had bought gets the money back without doing anything.",
      showing_over: "There may be another showing.",
      hold_unknown: "Seats that are not paid for in time go back on sale. Choose again: they may still be there.",
      hold_expired: "Seats that are not paid for in time go back on sale. Choose again: they may still be there.",
      cross_site: "For your safety forms are accepted from this site only. Go back, load the page again and retry.",
      internal: "It has been noted. Nothing was charged unless a page here said so.",
      too_many_requests: "Wait a minute, then try again.",
    },
  },
};
