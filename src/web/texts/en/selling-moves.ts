// Texts of the page that moves a buyer to other seats.

import { plural } from "./plural.ts";

export const sellingMovesTexts = {
  moves: {
    title: "Move to other seats",
    lead: (buyer: string, show: string, when: string) => `${buyer}: ${show}, ${when}.`,
    order: (buyer: string) => `Order of ${buyer}`,
    free: "Nothing is charged and nothing is given back, whatever the new seats cost.",
    afterwards:
      "The buyer is mailed the new tickets. The codes of the old ones stop working at once, and their seats go back on sale.",
    section: "Section",
    inSection: (name: string, free: number, prices: string) =>
      `${name}: ${free} free${prices === "" ? "" : `, ${prices}`}`,
    showSection: "Show its seats",
    tickets: "Tickets",
    newSeat: (seat: string) => `New seat instead of ${seat}`,
    paid: (tier: string, price: string) => `${tier}, ${price} paid`,
    stays: (seat: string) => `stays at ${seat}`,
    suggested: (count: number): string =>
      count === 1
        ? "The nearest equal seat is chosen already. Any other will do, too."
        : "The nearest equal seats, side by side as before, are chosen already. Any others will do, too.",
    noneEqual: "No equal seats are free here. Choose for each ticket, or look in another section.",
    nearest: (count: number) => `The ${count} nearest free seats are listed.`,
    row: (row: string) => `Row ${row}`,
    own: (seat: string) => `${seat}, of this order`,
    wheelchair: (seat: string) => `${seat}, wheelchair place`,
    companion: (seat: string) => `${seat}, beside a wheelchair place`,
    restricted: (seat: string) => `${seat}, restricted view`,
    move: "Move the tickets",
    keep: "Back to the order",
    nobody: "There is no ticket to move",
    nobodyWhy:
      "Tickets that were given back or scanned at the door stay as they are, and standing places have no seat to choose.",
    over: "This showing is not on sale any more, so nobody can be moved.",
    nothing: "Choose a new seat for one ticket at least.",
    twice: (seat: string) => `${seat} is chosen twice: one ticket a seat, please.`,
    reload: "Load the page again, please.",
    admitted: (seats: string, one: boolean) => `${seats} ${one ? "stays" : "stay"}: scanned at the door already.`,
    standing: (count: number) =>
      `${plural(count, "standing place", "standing places")} in this order: no seat to choose.`,
  },
};
