// Texts of the sellers' pages about auditoriums. Those of the editor itself are in editor.ts.

import { plural } from "./plural.ts";

export const auditoriumTexts = {
  auditoriums: {
    venues: "Venues",
    addTo: (venue: string) => `Add an auditorium to ${venue}`,
    name: "Name",
    nameHint: "As it stands on the ticket",
    turnaround: "Minutes between showings",
    turnaroundHint: "For cleaning and letting people in",
    seats: "Seats",
    add: "Add auditorium",
    addAndDraw: "Add and draw its seats",
    change: "Change",
    save: "Save",
    edit: "Draw the seats",
    sources: {
      keep: "As they are",
      keepHint: "Showings that are scheduled keep theirs in any case",
      room: "A new room",
      roomHint: "So many rows of so many seats; everything else can be drawn afterwards",
      copy: "As in another auditorium",
      copyHint: "The same seats, which are then changed on their own",
      own: "A seat map of your own",
      ownHint: "A JSON document, described in the API, or exported from the editor",
    },
    templateHint: {
      "small-cinema": "120 seats, two aisles",
      "large-cinema": "350 seats, two aisles",
      theatre: "Stalls, balcony and boxes: 1,200 seats",
      arena: "17,000 seats in two tiers around 3,000 standing",
    },
    copyOf: "Seats of",
    inUse: (name: string, places: string, rooms: number) =>
      `${name}: ${places}, ${plural(rooms, "auditorium", "auditoriums")}`,
    file: "Seat map of your own",
    places: (count: number) => plural(count, "place", "places"),
    picture: (room: string, places: number) => `Seat map of ${room}: ${places} places`,
    versionPicture: (places: string) => `These seats: ${places}`,
    sections: "Sections",
    section: "Section",
    sectionName: "Name",
    kind: "Kind",
    kinds: { seats: "Seats", standing: "Standing" },
    placeCount: "Places",
    versions: "Versions",
    versionsLead:
      "Seats that showings use stay as they are. What you change holds for showings that you schedule from then on.",
    current: "Now",
    currentAbout: "Showings that you schedule get these seats.",
    kept: "Kept",
    toCome: (count: number) => plural(count, "showing to come", "showings to come"),
    past: (count: number) => plural(count, "past showing", "past showings"),
    unused: "No showing yet",
    span: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
    reopen: "Draw from these",
    reopenLabel: (places: string) => `Draw from the version of ${places}`,
    editTitle: (room: string) => `Seats of ${room}`,
    editUsed: (count: number) =>
      count === 1
        ? "One showing to come has these seats and keeps them: what you save here is a new version, for showings that you schedule from then on."
        : `${count} showings to come have these seats and keep them: what you save here is a new version, for showings that you schedule from then on.`,
    editOthers: (count: number) =>
      count === 1
        ? "One showing to come has an earlier version of these seats."
        : `${count} showings to come have earlier versions of these seats.`,
    allVersions: "See the versions",
    needsScript: "Drawing needs a browser that runs scripts.",
    withoutScript: "Choose a template or send a seat map instead",
    opening: "The drawing is being opened …",
    chooseSource: "Choose where the seats come from.",
    chooseTemplate: "Choose one of the templates.",
    chooseRoom: "Choose one of your auditoriums.",
    chooseFile: "Choose the file with your seat map.",
    noJson: "This file is no JSON document.",
    roomRows: (most: number) => `From 1 to ${most} rows, please.`,
    roomSeats: (most: number) => `From 1 to ${most} seats, please.`,
    roomCurve: "From -60 to 60, please.",
  },
};
