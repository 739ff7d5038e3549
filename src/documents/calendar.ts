// The calendar entry of an order (RFC 5545): on the venue's clock, with where it is and a reminder.

import ical, { ICalAlarmType, ICalEventStatus } from "ical-generator";
import { addressText, orderPage, seatsText, type OrderDocument } from "./order-document.ts";
import { documentTexts } from "./texts.ts";
import { timeZoneDefinition } from "./time-zone.ts";

/** Time to leave for it. */
const remindBeforeS = 2 * 3_600;

/**
 * The file's text. The link is the order's page without a guest's key: calendars are shared more readily than tickets. The same
 * order makes the same entry, so whoever opens the file twice has one.
 */
export function calendarOf(order: OrderDocument): string {
  const { showTitle, startsAt, endsAt, venue, auditorium, tickets, language, publicUrl, placedAt } = order;
  const words = documentTexts(language).calendar;
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(venue.timeZone);
  const calendar = ical({ prodId: { company: "Marquee", product: "Tickets", language: language.toUpperCase() } });
  const zone = timeZoneDefinition(venue.timeZone, startsAt);
  if (zone !== undefined) calendar.timezone({ name: venue.timeZone, generator: () => zone });
  const seats = seatsText(
    tickets.map((ticket) => ticket.seat),
    language,
  );
  const event = calendar.createEvent({
    id: `${order.orderId}@${new URL(publicUrl).hostname}`,
    start: zone === undefined ? new Date(startsAt) : at(startsAt),
    end: zone === undefined ? new Date(endsAt) : at(endsAt),
    ...(zone === undefined ? {} : { timezone: venue.timeZone }),
    summary: order.cancelled ? words.cancelled(showTitle) : showTitle,
    description: [
      ...(seats === "" ? [] : [words.tickets(seats)]),
      words.order(order.orderId),
      words.page(orderPage(order)),
    ].join("\n"),
    location: {
      title: auditorium === "" ? venue.name : `${venue.name}, ${auditorium}`,
      address: addressText(venue),
      geo: { lat: venue.latitude, lon: venue.longitude },
    },
    url: orderPage(order),
    sequence: order.cancelled ? 1 : 0,
    status: order.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (!order.cancelled) {
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: remindBeforeS,
      description: words.reminder(showTitle),
    });
  }
  // The library writes the stamp on the event's clock; the standard wants UTC.
  return calendar.toString().replace(/^DTSTAMP:.*$/m, `DTSTAMP:${utcStamp(placedAt)}`);
}

/** `20261122T193000Z` */
function utcStamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
}
