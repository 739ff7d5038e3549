// Texts of paying, orders and tickets.

import { plural } from "./plural.ts";

export const buyingTexts = {
  terms: {
    title: "Terms of sale",
    inline: "terms of sale",
    lead: "What you and the seller of your tickets owe each other, in plain words.",
    parts: [
      {
        heading: "Who sells",
        paragraph:
          "The organiser who lists a showing sells its tickets. This site takes the order and the payment for them.",
      },
      {
        heading: "Prices",
        paragraph:
          "Every price is the whole price, fees and taxes included, and does not change while seats are held for you.",
      },
      {
        heading: "Held seats",
        paragraph:
          "Seats are held for some minutes, by the clock of the check-out. What is not paid for in time goes back on sale.",
      },
      {
        heading: "Cancelling",
        paragraph:
          "The check-out says, before you pay, whether and until when you may cancel. Until then the page of your order gives everything back, to where it came from. After that, tickets are not taken back.",
      },
      {
        heading: "If a showing is cancelled",
        paragraph: "Whoever bought gets the whole price back without doing anything, and a mail that says so.",
      },
      {
        heading: "At the door",
        paragraph:
          "Each code lets one person in, once. Whoever shows it first goes in: give it to nobody whom you do not trust.",
      },
      {
        heading: "Your data",
        paragraph:
          "The seller of your tickets gets your name and e-mail address. The number of your card never reaches this site.",
      },
    ],
  },
  lines: {
    title: "What you buy",
    seat: "Seat",
    ticket: "Ticket",
    fee: "Fee",
    tax: "Tax",
    sum: "Sum",
    total: "Total",
    tickets: (count: number) => plural(count, "ticket", "tickets"),
    standing: (section: string) => `${section}, standing`,
  },
  checkout: {
    title: "Check out",
    chooseAgain: "Choose again",
    paying: "This is being paid for",
    payingDetail: "The payment is under way. This page looks again by itself; the tickets also come by e-mail.",
    yourTickets: "Your tickets",
    release: "Give these seats back",
    who: "Who gets the tickets?",
    guest: "You buy as a guest, without an account.",
    signIn: "Sign in",
    or: "or",
    signUp: "make an account",
    held: ": your seats stay held.",
    withAccount: (email: string) => `You are signed in as ${email}: the order is kept in your account.`,
    name: "Name",
    email: "E-mail address",
    emailHint: "The tickets are sent there.",
    method: "How do you want to pay?",
    token: "Payment token",
    noName: "Write your name.",
    noEmail: "Write an e-mail address, for example ann@example.org.",
    meant: (email: string) => `Did you mean ${email}?`,
    noMethod: "Choose how to pay.",
    noTerms: "Accept the terms to buy.",
    accept: "I accept the",
    newTab: "opens in a new tab",
    cancelUntil: (until: string) =>
      `You may cancel until ${until} and get everything back. After that, tickets are not taken back.`,
    cancelNever: "Tickets are not taken back or exchanged. If the showing is cancelled, you get everything back.",
    cancelUnknown:
      "If the showing is cancelled, you get everything back. Whether you may cancel, your order’s page says.",
    promise: "All fees and taxes are included. You are charged once.",
    busy: "Paying…",
    declined: (poor: boolean): string =>
      poor
        ? "There is not enough money on that card. Nothing was charged."
        : "The payment was declined. Nothing was charged.",
    stillHeld: (until: string, count: number) =>
      `Your seats stay held until ${until}, for ${plural(count, "more minute", "more minutes")}. Try another way to pay.`,
    bought: {
      title: "You have bought these",
      lead: "The order is paid. There is nothing left to do here.",
      go: "Open your tickets",
    },
    beingPaid: {
      title: "You are paying for these",
      lead: "The payment is under way. Your order says how it stands.",
      go: "Open the order",
    },
    more: "Buy more tickets",
    again: "Something was missing in the form. Try again.",
    go: (total: string) => `Pay ${total}`,
    sandbox: {
      tok_approve: { text: "Test card that is approved", hint: "No money moves: this is the sandbox." },
      tok_decline: { text: "Card that is declined" },
      tok_insufficient_funds: { text: "Card without enough money" },
      tok_slow: { text: "Slow bank", hint: "Takes five seconds, then approves." },
      tok_timeout_then_approved: { text: "Bank that does not answer, then approves" },
      tok_timeout_then_declined: { text: "Bank that does not answer, then declines" },
      tok_requires_action: { text: "Bank that asks you to confirm" },
    },
  },
  order: {
    titles: {
      confirmed: "Your tickets",
      paying: "Your payment is under way",
      declined: "The payment was declined",
      cancelled: "The payment was cancelled",
      conflict: "The seats were lost",
    },
    explained: {
      confirmed: "Paid and confirmed. Show each code at the door, on the screen or on paper.",
      paying: "Your bank has not answered yet. Your seats stay yours meanwhile, and this page looks again by itself.",
      declined: "Nothing was charged. The seats stay held for you for a moment.",
      cancelled: "Nothing was charged, and the seats are free again.",
      conflict: "Your seats could not be kept while you paid. Whatever was charged goes back to you.",
    },
    tickets: (count: number) => plural(count, "ticket", "tickets"),
    position: (index: number, of: number) => `Ticket ${index} of ${of}`,
    saved: (moment: string) =>
      `Saved copy, as of ${moment}: there is no connection. The codes work at the door all the same.`,
    calendar: "Add to calendar",
    pdf: "Tickets as PDF",
    directions: "Directions",
    mailAgain: "Send the mail again",
    mailed: (email: string) => `The mail with your tickets is on its way to ${email}.`,
    mailedBefore: "The mail was sent a moment ago. It may take some minutes to arrive; then you can ask again.",
    payAgain: "Pay in another way",
    details: "Order",
    number: "Order number",
    placed: "Placed",
    buyer: "Buyer",
    refunded: "Given back",
    refundedWhole: "This order was given back in full.",
    refundedPart: "A part of this order was given back.",
    action: "Your bank asks you to confirm",
    actionDetail: "Your seats stay yours meanwhile. You come back here afterwards.",
    actionGo: "Go to your bank",
    cancel: "Cancel this order",
    cancelDetail: (until: string) => `You may cancel until ${until}. All tickets of this order become void.`,
    cancelBack: (total: string) => `You get back ${total}, fees and taxes included.`,
    cancelWay: "It goes to where the payment came from; your bank may take a few days.",
    cancelNever: "The seller does not take tickets back. If the showing is cancelled, you get everything back.",
    cancelLate: (until: string) => `This order could be cancelled until ${until}.`,
    sure: "Yes, cancel all tickets",
    cancelGo: "Cancel the order",
    notSure: "Tick the box to cancel.",
  },
  ticket: {
    section: "Section",
    seat: "Seat",
    standing: "Standing",
    tier: "Ticket",
    code: (seat: string) => `QR code of the ticket for ${seat}`,
    void: "No longer valid",
    enlarge: "Fill the screen",
    tap: "Tap the code to fill the screen.",
    close: "Tap to close",
  },
  sandboxAction: {
    title: "Confirm the payment",
    lead: "This stands for your bank's own page. Nothing is charged: it is the built-in sandbox.",
    approve: "Approve the payment",
    decline: "Decline it",
  },
};
