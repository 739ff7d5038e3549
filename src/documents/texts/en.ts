// The words of mails, calendar entries and printed tickets, in English. Its shape is that of all languages.

export const english = {
  locale: "en-US",
  standing: (area: string) => `${area}, standing`,
  ticket: {
    title: "Tickets",
    position: (index: number, of: number) => `Ticket ${index} of ${of}`,
    section: "Section",
    seat: "Seat",
    tier: "Ticket",
    standing: "Standing",
    order: "Order",
    bring: "Show this code at the door. Whoever shows it first is let in: give copies to nobody.",
    file: "tickets",
  },
  calendar: {
    tickets: (seats: string) => `Seats: ${seats}`,
    order: (id: string) => `Order ${id}`,
    page: (url: string) => `Your tickets: ${url}`,
    reminder: (show: string) => `${show} begins in two hours`,
    cancelled: (show: string) => `Cancelled: ${show}`,
    file: "calendar",
  },
  mail: {
    hello: (name: string) => (name === "" ? "Hello," : `Hello ${name},`),
    show: "Show",
    where: "Where",
    when: "When",
    seats: (count: number): string => (count === 1 ? "Seat" : "Seats"),
    order: "Order",
    paid: "Paid",
    refunded: "Refunded",
    reason: "Reason",
    account: "Account",
    address: "Address",
    openUntil: "Open until",
    seeTickets: "See your tickets",
    seeOrder: "See your order",
    moneyBack: "The money goes back the way it came; your bank may take a few days.",
    confirmed: {
      subject: (show: string, when: string) => `Your tickets: ${show}, ${when}`,
      opening: "Your order is confirmed. Show the codes of your tickets at the door, on your phone or printed.",
      closing: "Keep this mail to yourself: whoever has the link or the codes has the tickets.",
    },
    givenBack: {
      subject: (show: string, when: string) => `Refund: ${show}, ${when}`,
      opening: "These seats of your order were given back. Their tickets are no longer valid.",
    },
    moved: {
      subject: (show: string, when: string) => `Your new seats: ${show}, ${when}`,
      opening:
        "Tickets of your order were moved to other seats. Please use the new ones: the codes of before no longer open the door.",
      instead: "Instead of",
      closing: "The price stays as it was: nothing is charged or given back.",
    },
    cancelled: {
      subject: (show: string, when: string) => `Cancelled: ${show}, ${when}`,
      opening: "We are sorry: this showing does not take place. Your tickets are no longer valid.",
      nothing: "You need not do anything.",
    },
    invitation: {
      subject: (seller: string) => `Join ${seller}`,
      opening: (inviter: string | undefined, seller: string, role: keyof typeof roles) =>
        `${inviter === undefined ? "You are invited" : `${inviter} invites you`} to join ${seller} as ${roles[role]}.`,
      link: "Look at the invitation",
      closing: "If you did not expect this, ignore it: nothing happens unless you accept.",
    },
    reset: {
      subject: "Choose a new password",
      opening: "Somebody, probably you, asked to choose a new password for your account.",
      link: "Choose a new password",
      closing:
        "The link works once. If you did not ask for it, ignore this mail: your password stays as it is. Give the link to nobody.",
    },
    signUp: {
      subject: "Confirm your address",
      opening:
        "Somebody, probably you, wants to make an account with this address. Confirm that it is yours, and you are in.",
      link: "Make my account",
      closing:
        "The link works once. On another device than the one you signed up on it asks for the password you chose. If it was not you, ignore this mail: no account is made.",
    },
    newEmail: {
      subject: "Confirm your new address",
      opening: "Somebody, probably you, wants to sign in with this address from now on. Confirm that it is yours.",
      link: "Use this address",
      closing: "The link works once. If it was not you, ignore this mail: nothing changes. Give the link to nobody.",
    },
    known: {
      subject: "You already have an account",
      opening: "Somebody, probably you, gave this address for an account. There is one already: sign in with it.",
      link: "Sign in",
      closing:
        "Forgot the password? The page lets you choose a new one. If it was not you, ignore this mail: nothing has changed, and nobody was told that you have an account.",
    },
    emailChanged: {
      subject: "Your address is changed",
      opening: "Your account has another e-mail address now. Sign in with that one; this one no longer opens it.",
      before: "Until now",
      closing: "If it was not you, answer this mail at once.",
    },
  },
};

const roles = {
  owner: "an owner",
  manager: "a manager",
  "box-office": "box office staff",
  scanner: "a ticket scanner",
};

/** What every language has. */
export type DocumentTexts = typeof english;
