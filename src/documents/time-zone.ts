// A time zone as calendars want it defined (RFC 5545, 3.6.5): the clock's changes before and after an instant.

/** The VTIMEZONE of a zone around an instant; undefined for a zone that there is not. */
export function timeZoneDefinition(timeZone: string, around: number): string | undefined {
  let now: Temporal.ZonedDateTime;
  try {
    now = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(timeZone);
  } catch {
    return undefined;
  }
  const changes = [now.getTimeZoneTransition("previous"), now.getTimeZoneTransition("next")].filter(
    (change) => change !== null,
  );
  const parts = changes.length > 0 ? changes.map(changeText) : [fixedText(now)];
  return ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, ...parts, "END:VTIMEZONE"].join("\r\n");
}

/** One change of the clock: `change` is the first moment after it. */
function changeText(change: Temporal.ZonedDateTime): string {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? "DAYLIGHT" : "STANDARD";
  // The onset is written on the clock as it was until then.
  const onset = change.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  return partText(kind, onset, before.offset, change);
}

/** A zone whose clock never changes. */
function fixedText(at: Temporal.ZonedDateTime): string {
  return partText("STANDARD", Temporal.PlainDateTime.from("1970-01-01T00:00"), at.offset, at);
}

function partText(
  kind: "DAYLIGHT" | "STANDARD",
  onset: Temporal.PlainDateTime,
  offsetFrom: string,
  to: Temporal.ZonedDateTime,
): string {
  const stamp = onset.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
  return [
    `BEGIN:${kind}`,
    `DTSTART:${stamp}`,
    `TZOFFSETFROM:${offsetFrom.replace(":", "")}`,
    `TZOFFSETTO:${to.offset.replace(":", "")}`,
    `TZNAME:${zoneName(to)}`,
    `END:${kind}`,
  ].join("\r\n");
}

/** `MST` */
function zoneName({ epochMilliseconds, timeZoneId: timeZone }: Temporal.ZonedDateTime): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "short" }).formatToParts(epochMilliseconds);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}
