// Where somebody looks for shows: a city typed in, or the device's position.

import type { FastifyRequest } from "fastify";
import type { Catalogue, Place, Position } from "../catalogue/model.ts";
import type { FormValues } from "./form-values.ts";
import { numberText } from "./numbers.ts";

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

/** The cookie that keeps the last place, as addresses carry it: `Denver, CO` or `39.74,-104.98`. */
export const placeCookie = "place";

/**
 * Reads `near` (a city typed in) and `at` (`LAT,LON`) of an address; a city typed in wins. An address without either means the
 * place that is kept, if any.
 */
export function whereOf(
  values: FormValues,
  catalogue: Pick<Catalogue, "findPlaces" | "placeNear">,
  kept: string | undefined,
): Where {
  const typed = values.text("near", 80);
  if (typed !== "") return nearCity(typed, catalogue) ?? { query: {}, unknown: typed };
  return nearPosition(values.text("at", 40), catalogue) ?? whereKept(kept, catalogue) ?? { query: {} };
}

function whereKept(kept: string | undefined, catalogue: Pick<Catalogue, "findPlaces" | "placeNear">) {
  return kept === undefined ? undefined : (nearPosition(kept, catalogue) ?? nearCity(kept, catalogue));
}

/** The place that a request's cookie keeps, as it was sent. */
export function keptPlace(request: FastifyRequest): string | undefined {
  const kept = request.cookies?.[placeCookie];
  return kept === undefined || kept === "" || kept.length > 80 ? undefined : kept;
}

function nearCity(typed: string, catalogue: Pick<Catalogue, "findPlaces">): Where | undefined {
  const place = catalogue.findPlaces(typed, 1)[0];
  return place && { position: positionOf(place), place, query: { near: placeName(place) } };
}

function nearPosition(text: string, catalogue: Pick<Catalogue, "placeNear">): Where | undefined {
  const position = readPosition(text);
  if (!position) return undefined;
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
  return `${numberText(value, value < 10 ? 1 : 0)} ${miles ? "mi" : "km"}`;
}
