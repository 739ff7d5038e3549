// Texts of what all pages share: header, footer, times, forms, lists.

import type { Language } from "../../languages.ts";
import { plural } from "./plural.ts";

export const siteTexts = {
  language: "en" as Language,
  locale: "en-US",
  site: "Marquee",
  skip: "Skip to the content",
  nav: { label: "Main", shows: "Shows", venues: "Venues", sell: "Sell", account: "Account" },
  footer: {
    label: "About this site",
    language: "Language",
    promise: "The whole price, fees and taxes included, before you choose.",
    help: "Help",
    terms: "Terms of sale",
    sell: "Sell tickets",
    api: "API",
  },
  times: {
    hours: (count: number) => `${count}\u00A0h`,
    minutes: (count: number) => `${count}\u00A0min`,
    today: "Today",
    tomorrow: "Tomorrow",
  },
  form: {
    required: "required",
    optional: "optional",
    faults: "Please check what is marked below.",
    whole: "Write a whole number.",
  },
  pager: {
    label: "Pages",
    newer: "Previous",
    older: "Next",
    page: (page: number, of: number) => `Page ${page} of ${of}`,
  },
  trail: "Where you are",
  days: { label: "Day", other: "Other day" },
  count: plural,
};
