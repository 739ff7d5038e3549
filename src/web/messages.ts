// Every text of the buyer's pages, in one place: a translation is another object of this shape.

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

export const t = {
  language: "en",
  locale: "en-US",
  site: "Marquee",
  skip: "Skip to the content",
  nav: { label: "Main", shows: "Shows", venues: "Venues", sell: "Sell", account: "Account" },
  footer: {
    label: "About this site",
    promise: "The whole price, fees and taxes included, before you choose.",
    help: "Help",
    sell: "Sell tickets",
    api: "API",
  },
  times: {
    hours: (count: number) => `${count} h`,
    minutes: (count: number) => `${count} min`,
    today: "Today",
    tomorrow: "Tomorrow",
  },
  form: {
    required: "required",
    optional: "optional",
    faults: "Please check what is marked below.",
  },
  pager: {
    label: "Pages",
    newer: "Previous",
    older: "Next",
    page: (page: number, of: number) => `Page ${page} of ${of}`,
  },
  trail: "Where you are",
  refusals: {
    again: "Try again",
    home: "See what is on",
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
  days: { label: "Day", other: "Other day" },
  poster: (title: string) => `Poster of ${title}`,
  seats: {
    left: (count: number) => plural(count, "seat left", "seats left"),
    soldOut: "Sold out",
    few: (count: number) => `Only ${plural(count, "seat left", "seats left")}`,
    almost: "Almost full",
    filling: "Filling up",
    plenty: "Good seats left",
  },
  count: plural,
};
