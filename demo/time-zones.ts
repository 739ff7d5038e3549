// IANA time zones of places in the United States: by state, and by position where a state has two.

const eastern = "America/New_York";
const central = "America/Chicago";
const mountain = "America/Denver";
const pacific = "America/Los_Angeles";

const states: Readonly<Record<string, string>> = {
  ...group(eastern, "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV"),
  ...group(central, "AL AR IA IL KS LA MN MO MS OK WI"),
  ...group(mountain, "CO MT NM UT WY"),
  ...group(pacific, "CA NV WA"),
  AK: "America/Anchorage",
  AZ: "America/Phoenix",
  HI: "Pacific/Honolulu",
};

const divided: Readonly<Record<string, (latitude: number, longitude: number) => string>> = {
  FL: (_, longitude) => (longitude < -85.2 ? central : eastern),
  IN: (latitude, longitude) =>
    longitude < -86.8 && (latitude > 41 || latitude < 38.5) ? central : "America/Indiana/Indianapolis",
  KY: (_, longitude) => (longitude < -86.2 ? central : eastern),
  MI: (latitude, longitude) => (latitude > 45 && longitude < -87.5 ? central : "America/Detroit"),
  TN: (_, longitude) => (longitude < -85.45 ? central : eastern),
  ND: (_, longitude) => (longitude < -102.2 ? mountain : central),
  NE: (_, longitude) => (longitude < -101.3 ? mountain : central),
  SD: (_, longitude) => (longitude < -100.6 ? mountain : central),
  TX: (_, longitude) => (longitude < -105 ? mountain : central),
  ID: (latitude) => (latitude > 45.4 ? pacific : "America/Boise"),
  OR: (latitude, longitude) => (longitude < -117.4 || latitude > 44.6 ? pacific : "America/Boise"),
};

function group(timeZone: string, codes: string): Record<string, string> {
  return Object.fromEntries(codes.split(" ").map((code) => [code, timeZone]));
}

/** The time zone of a position in a state (`CO`). Throws for a state it does not know. */
export function timeZoneOf(state: string, latitude: number, longitude: number): string {
  const timeZone = divided[state]?.(latitude, longitude) ?? states[state];
  if (!timeZone) throw new RangeError(`no time zone for ${state}`);
  return timeZone;
}
