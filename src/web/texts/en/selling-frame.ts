// Texts of what all pages of a seller share: the way around, the way to the first sale, what was done.

import { plural } from "./plural.ts";

export const sellingFrameTexts = {
  sell: {
    title: "Sell",
    pagesOf: (seller: string) => `Pages of ${seller}`,
    allSellers: "All your sellers",
    more: "More",
    parts: { selling: "Sales", programme: "What you show", house: "Your account" },
    pages: {
      dashboard: "Dashboard",
      orders: "Orders",
      scan: "Scan",
      shows: "Shows",
      schedule: "Add showings",
      showings: "Showings",
      venues: "Venues",
      prices: "Prices",
      members: "Members",
      settings: "Settings",
    },
    done: {
      added: "Added.",
      saved: "Saved.",
      published: "Published. It is in the list of shows within two seconds.",
      archived: "Archived.",
      scheduled: "Scheduled as drafts. Publish them when you are ready.",
      cancelled: "Cancelled. Every order is being refunded.",
      blocked: "These seats are off sale.",
      unblocked: "These seats are on sale again.",
      refunded: "Refunded. These tickets no longer open the door.",
      moved: "Moved. The buyer is being mailed the new tickets.",
      refundPending:
        "These tickets no longer open the door. The money goes back as soon as the payment provider answers.",
      mailed: "The tickets are on their way to the buyer again.",
      removed: "Removed.",
      withdrawn: "The invitation is withdrawn.",
    },
    roles: { owner: "owner", manager: "manager", "box-office": "box office", scanner: "scanner" },
    /** `tickets` of `places`, as people read it. */
    full: (tickets: string, places: string, share: string) => `${tickets} of ${places} (${share})`,
  },
  firstSteps: {
    title: "On the way to your first sale",
    lead: "Six steps, in this order. What you enter stays a draft until you publish it.",
    progress: (done: number, of: number) => `${done} of ${of} done`,
    next: (step: string) => `Next: ${step}`,
    done: "done",
    go: "Go on",
    steps: {
      venue: { title: "Add a venue", about: "Name, address and clock of the house." },
      room: { title: "Draw a room", about: "Take one of the templates or draw its seats yourself." },
      show: { title: "List a show", about: "Title, length, synopsis and poster." },
      prices: { title: "Set prices", about: "By section; you see what buyers pay with fees and taxes." },
      schedule: { title: "Add showings", about: "These times, these weekdays, this range of dates, in one go." },
      onSale: { title: "Go on sale", about: "Publish the show and its showings. Buyers find them within two seconds." },
    },
    waiting: "Nothing is on sale yet",
    waitingLead: "Owners and managers list shows and schedule showings. Their sales appear here.",
  },
  sellUnits: {
    showings: (count: number) => plural(count, "showing", "showings"),
    tickets: (count: number) => plural(count, "ticket", "tickets"),
    orders: (count: number) => plural(count, "order", "orders"),
    days: (count: number) => plural(count, "day", "days"),
  },
};
