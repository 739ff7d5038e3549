// Texts of searching, and of saying where one is.

export const findingTexts = {
  close: "Close",
  search: {
    label: "Search shows, people, venues and cities",
    example: "Shows, people, venues, cities",
    go: "Search",
    open: "Search",
    suggestions: "Suggestions",
    /** Before their number. */
    found: "Suggestions:",
    none: "No suggestions",
    kinds: { show: "Show", person: "Person", venue: "Venue", place: "City" },
  },
  where: {
    label: "Where are you?",
    near: "Near",
    choose: "Choose a city",
    city: "City",
    example: "For example Denver, CO",
    go: "Show what is near",
    cities: "Large cities",
    everywhere: "Everywhere",
    unknown: (typed: string) =>
      `We know no city “${typed}”. Choose one of the suggestions, or the nearest larger city.`,
    use: "Use my position",
    waiting: "Asking your device …",
    failed: "Your device does not tell its position. Type a city instead.",
  },
};
