// A venue's fields: what is accepted, and how a row becomes what callers see.

import type { VenueRow } from "../../store/schema.ts";
import type { OwnVenue, VenueInput } from "./authoring.ts";
import { collectFaults } from "./faults.ts";

/** Checks and tidies a venue's fields; refuses `invalid_request`. */
export function checkVenue(input: VenueInput): VenueInput {
  const faults = collectFaults();
  const venue: VenueInput = {
    name: faults.text("name", input.name, { min: 1, max: 120 }),
    address: faults.text("address", input.address, { min: 1, max: 200 }),
    city: faults.text("city", input.city, { min: 1, max: 100 }),
    region: faults.text("region", input.region, { max: 100 }),
    country: input.country.trim().toUpperCase(),
    latitude: input.latitude,
    longitude: input.longitude,
    timeZone: input.timeZone.trim(),
  };
  if (!/^[A-Z]{2}$/.test(venue.country)) faults.add("country", { code: "country" });
  if (!(Math.abs(venue.latitude) <= 90)) faults.add("latitude", { code: "not-between", min: -90, max: 90 });
  if (!(Math.abs(venue.longitude) <= 180)) faults.add("longitude", { code: "not-between", min: -180, max: 180 });
  if (!isTimeZone(venue.timeZone)) faults.add("timeZone", { code: "time-zone" });
  faults.refuse();
  return venue;
}

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are no places: they know no summer time.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}

export function venueColumns(venue: VenueInput) {
  const { name, address, city, region, country, latitude, longitude } = venue;
  return { name, address, city, region, country, latitude, longitude, time_zone: venue.timeZone };
}

export function venueOf(row: VenueRow): OwnVenue {
  const { id, number, name, address, city, region, country, latitude, longitude } = row;
  return { id, number, name, address, city, region, country, latitude, longitude, timeZone: row.time_zone };
}
