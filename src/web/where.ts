// Where somebody looks for shows: a city typed in, or the device's position.

import type { Catalogue, Place, Position } from "../catalogue/model.ts";
import type { FormValues } from "./form-values.ts";

export interface Where {
  /** For queries; undefined if nowhere was said, or it is not known. */
  position?: Position;
  /** The city, or the one nearest to the position. */
  place?: Place;
  /** What addresses of the site carry: `near=Denver, CO` or `at=39.74,-104.98`. */
  query: { near?: string; at?: string };
  /** What was typed, if no such city is known. */
  unknown?: string;
}

/** Reads `near` (a city typed in) and `at` (`LAT,LON`) of an address. A city typed in wins. */
export function whereOf(values: FormValues, catalogue: Pick<Catalogue, "findPlaces" | "placeNear">): Where {
  const typed = values.text("near", 80);
  if (typed !== "") {
    const place = catalogue.findPlaces(typed, 1)[0];
    if (!place) return { query: {}, unknown: typed };
    return { position: positionOf(place), place, query: { near: placeName(place) } };
  }
  const position = readPosition(values.text("at", 40));
  if (!position) return { query: {} };
  const place = catalogue.placeNear(position);
  return { position, ...(place ? { place } : {}), query: { at: `${position.latitude},${position.longitude}` } };
}

/** `Denver, CO` */
export function placeName(place: { name: string; region: string }): string {
  return place.region === "" ? place.name : `${place.name}, ${place.region}`;
}

function positionOf({ latitude, longitude }: Position): Position {
  return { latitude, longitude };
}

/** Two decimals, about a kilometre: enough for distances, and no more than a page should know. */
function readPosition(text: string): Position | undefined {
  const match = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])].map((value) => Math.round(value * 100) / 100);
  if (latitude === undefined || longitude === undefined) return undefined;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** A distance as people of a country say it. */
export function distanceText(km: number, country: string): string {
  const miles = country === "US" || country === "GB";
  const value = miles ? km / 1.609344 : km;
  const text = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${text} ${miles ? "mi" : "km"}`;
}
