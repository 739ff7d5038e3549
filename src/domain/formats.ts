// How a showing is presented, where that is more than a picture and a sound: what people choose it by, or need.

/** In the order in which they are named: the room and the picture, then the language, then what opens it to more people. */
export const showingFormats = [
  "imax",
  "dolby",
  "70mm",
  "3d",
  "subtitled",
  "dubbed",
  "captioned",
  "described",
  "signed",
  "relaxed",
] as const;

export type ShowingFormat = (typeof showingFormats)[number];

/** Each once, in their order. */
export function inOrder(formats: readonly ShowingFormat[]): readonly ShowingFormat[] {
  return showingFormats.filter((format) => formats.includes(format));
}
