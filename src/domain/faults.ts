// What is wrong with what somebody entered, by code, with the values that its sentence names: so that it can be said in any language.

import { Refusal, type RefusalCode, type RefusalFacts } from "./refusals.ts";

const times = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

/** Each fault's sentence in English, which is also the definition of its code and of what it names. */
export const faultSentences = {
  // Any field
  required: () => "Please fill this in.",
  "too-long": ({ max }: { max: number }) => `At most ${max} characters, please.`,
  "not-whole": ({ min, max }: { min: number; max: number }) => `A whole number from ${min} to ${max}, please.`,
  "not-between": ({ min, max }: { min: number; max: number }) => `A number from ${min} to ${max}, please.`,
  "too-many": ({ max }: { max: number }) => `At most ${max}, please.`,
  // Venues and auditoriums
  country: () => "Two letters, please, like US or DE.",
  "time-zone": () => "A time zone like America/Denver, please.",
  "clock-in-use": () => "Showings are scheduled there, so the time zone has to stay as it is.",
  template: () => "Choose one of the templates.",
  "seat-map": ({ place, what }: { place: string; what: string }) => `${place}: ${what}`,
  "seats-changed": () => "The seats were changed since you opened them.",
  // Shows
  "show-kind": () => "Film or event, please.",
  trailer: () => "The https address of a YouTube or Vimeo page, or of an .mp4 or .webm file, please.",
  "no-synopsis": () => "Write a synopsis first: it is what people decide by.",
  "no-still": () => "That image is no still.",
  "showings-to-come": ({ count }: { count: number }) =>
    `${times(count, "One showing is", "showings are")} still to come. Cancel them first, or wait until they are over.`,
  // Prices
  "price-id": () => "Small letters, digits and hyphens, please; at most 24.",
  "price-twice": ({ id }: { id: string }) => `There are two prices called ${id}.`,
  "price-nowhere": () => "Give this price for one section at least.",
  "price-count": ({ max }: { max: number }) => `From 1 to ${max} prices, please.`,
  "no-section": ({ section }: { section: string }) => `There is no section ${section}.`,
  "other-room": ({ sections }: { sections: string }) =>
    `These prices are for another auditorium: this one has no section ${sections}.`,
  "showing-count": ({ max }: { max: number }) => `Choose from 1 to ${max} showings.`,
  // Showings
  "no-times": () => "Give one time at least, like 19:30.",
  "no-time": ({ time }: { time: string }) => `“${time}” is no time; write it like 19:30.`,
  weekdays: () => "mon, tue, wed, thu, fri, sat, sun.",
  date: () => "A date like 2026-11-22, please.",
  "days-swapped": () => "The last day comes before the first.",
  "too-many-days": ({ max }: { max: number }) => `At most ${max} days, please.`,
  "days-over": () => "All of these times are over.",
  "no-such-days": () => "No day of this range is one of these weekdays.",
  "too-many-showings": ({ count, max }: { count: number; max: number }) =>
    `That is ${count} showings; at most ${max} at once.`,
  clash: ({ date, time, title, more }: { date: string; time: string; title: string; more: number }) =>
    `${date} at ${time} the auditorium is taken by “${title}”${more === 0 ? "" : `, and ${times(more, "one more clash", "more clashes")}`}. Nothing was scheduled.`,
  "show-archived": () => "This show is archived. Publish it again first.",
  "show-unpublished": ({ title }: { title: string }) => `Publish the show “${title}” before its showings.`,
  "showing-unpublished": () => "Publish this showing first: seats are blocked where they are sold.",
  "showing-begun": () => "This showing has begun already.",
  "one-begun": () => "One of these showings has begun already.",
  "showing-ended": () => "This showing is over. Refund single orders instead.",
  "showing-sold": () => "Seats of this showing are held or sold, so it has to stay as it is.",
  "other-venue": () => "That auditorium is at another venue.",
  "other-seats": () => "It is published with its seats, so it can only move to an auditorium with the same seat map.",
  "time-over": () => "That time is over.",
  // Orders
  "seats-returned": () => "These seats were given back already, or never sold.",
  "refund-running": () => "Another refund of this order is under way. Try again in a moment.",
  "no-move": () => "Say which ticket moves where.",
  "move-over": () => "The showing is over: nobody moves to another seat any more.",
  "same-seat": ({ seat }: { seat: string }) => `The ticket has seat ${seat} already.`,
  "seat-for-standing": ({ from, to }: { from: string; to: string }) =>
    `Seats and standing places are not exchanged: ${from} and ${to} are one of each.`,
  "seats-not-free": ({ seats }: { seats: string }) =>
    `These seats are not free, or were this order's before: ${seats}.`,
  // Members and settings
  "member-already": () => "This person is a member already.",
  "too-many-invitations": ({ max }: { max: number }) => `${max} invitations are open. Withdraw some first.`,
  "only-owner": () => "This is the only owner. Make somebody else an owner first.",
  currency: () => "Give the currency as its ISO 4217 code, USD for example.",
};

export type FaultSentences = typeof faultSentences;
export type FaultCode = keyof FaultSentences;

/** A code with what its sentence names. */
export type Fault = {
  [Code in FaultCode]: { code: Code } & (Parameters<FaultSentences[Code]> extends [infer Named] ? Named : unknown);
}[FaultCode];

/** The sentence of a fault in the language of `sentences`. */
export function faultSentence(fault: Fault, sentences: FaultSentences = faultSentences): string {
  // Each sentence stands under the code of the fault that it takes.
  const sentence = sentences[fault.code] as (fault: Fault) => string;
  return sentence(fault);
}

/** A refusal because of one fault, which goes along as the fact `fault`. */
export function refusedFor(code: RefusalCode, fault: Fault, facts: RefusalFacts = {}): Refusal {
  return new Refusal(code, faultSentence(fault), { ...facts, fault });
}

/** `invalid_request` for the fields of a form: `field` is the first, `fields` has their sentences and `faults` what they are made of. */
export function refusedFields(faults: Readonly<Record<string, Fault>>): Refusal | undefined {
  const [first] = Object.entries(faults);
  if (!first) return undefined;
  const fields = Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, faultSentence(fault)]));
  return refusedFor("invalid_request", first[1], { field: first[0], fields, faults });
}

/** The fault of a refusal, or of one of the fields that it names. */
export function faultOf(refusal: Pick<Refusal, "facts">, field?: string): Fault | undefined {
  const { fault, faults } = refusal.facts as { fault?: Fault; faults?: Readonly<Record<string, Fault>> };
  return field === undefined ? fault : faults?.[field];
}
