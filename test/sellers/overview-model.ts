// A seller's overview computed the dumb way: every order and showing is looked at for every figure, days and hours are what
// Intl's clock shows, and nothing is shared with what it judges.

export interface WorldVenue {
  id: string;
  name: string;
  timeZone: string;
}

export interface WorldShowing {
  id: string;
  showId: string;
  venueId: string;
  startsAt: number;
  capacity: number;
  status: "draft" | "published" | "cancelled";
}

export interface WorldOrder {
  showing: WorldShowing;
  placedAt: number;
  confirmed: boolean;
  /** What each ticket cost, and whether it was given back. */
  tickets: readonly { totalMinor: number; refunded: boolean }[];
}

export interface World {
  venues: readonly WorldVenue[];
  shows: readonly { id: string; title: string }[];
  showings: readonly WorldShowing[];
  orders: readonly WorldOrder[];
}

export interface Asked {
  timeZone: string;
  days: { from: string; to: string };
  filter: { showId?: string; venueId?: string };
  seats: "ahead" | "past";
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-01 01:45:00.000`: what a clock shows. */
function clockAt(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(timeZone, format);
  }
  return `${format.format(at)}.${String(at % 1_000).padStart(3, "0")}`;
}

const dayAt = (at: number, timeZone: string) => clockAt(at, timeZone).slice(0, 10);

/** Calendar days without any clock: noon in UTC has no trouble. */
function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function daysFrom(from: string, to: string): string[] {
  const all: string[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) all.push(day);
  return all;
}

const nothing = () => ({ orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 });

function sum(orders: readonly WorldOrder[]) {
  const all = nothing();
  for (const { tickets } of orders) {
    all.orders += 1;
    for (const { totalMinor, refunded } of tickets) {
      all.grossMinor += totalMinor;
      if (refunded) all.refundedMinor += totalMinor;
      else all.tickets += 1;
    }
  }
  return all;
}

/** What the overview should be, of what is compared here. */
export function dumbOverview(world: World, { timeZone, days, filter, seats }: Asked, now: number) {
  const wanted = (showing: WorldShowing) =>
    (filter.showId === undefined || showing.showId === filter.showId) &&
    (filter.venueId === undefined || showing.venueId === filter.venueId);
  const orders = world.orders.filter(({ confirmed, showing }) => confirmed && wanted(showing));
  const dayOf = (order: WorldOrder) => dayAt(order.placedAt, timeZone);
  const within = (from: string, to: string) => orders.filter((order) => dayOf(order) >= from && dayOf(order) <= to);
  const own = daysFrom(days.from, days.to);
  const before = { from: plusDays(days.from, -own.length), to: plusDays(days.from, -1) };
  /** Until the clock shows the same time as now, so many days earlier. */
  const until = (from: string, to: string, later: number) => {
    const shown = clockAt(now, timeZone);
    const end = `${plusDays(shown.slice(0, 10), -later)}${shown.slice(10)}`;
    return within(from, to).filter((order) => clockAt(order.placedAt, timeZone) < end);
  };
  const today = dayAt(now, timeZone);
  const yesterday = plusDays(today, -1);
  return {
    total: sum(within(days.from, days.to)),
    totalBefore: sum(until(before.from, before.to, own.length)),
    today: { now: sum(within(today, today)), before: sum(until(yesterday, yesterday, 1)) },
    steps: dumbSteps(within(days.from, days.to), own, timeZone),
    stepsBefore: dumbSteps(within(before.from, before.to), daysFrom(before.from, before.to), timeZone),
    shows: best(within(days.from, days.to), 8, ({ showing }) => showing.showId),
    venues: best(within(days.from, days.to), 6, ({ showing }) => showing.venueId),
    showings: best(within(days.from, days.to), 6, ({ showing }) => showing.id),
    ...dumbFullness(world, { timeZone, wanted, seats }, now),
  };
}

/** By the hour for one day, where an hour that the clock shows twice is two; by the day or by sevens of days for more. */
function dumbSteps(orders: readonly WorldOrder[], days: readonly string[], timeZone: string) {
  if (days.length > 1) {
    const stride = days.length <= 92 ? 1 : 7;
    const steps = [];
    for (let from = 0; from < days.length; from += stride) {
      const some = days.slice(from, from + stride);
      steps.push(sum(orders.filter((order) => some.includes(dayAt(order.placedAt, timeZone)))));
    }
    return steps;
  }
  const [day = ""] = days;
  const quarters = [];
  for (let at = Date.parse(`${day}T00:00:00Z`) - 86_400_000; at < Date.parse(`${day}T00:00:00Z`) + 2 * 86_400_000;) {
    if (dayAt(at, timeZone) === day) quarters.push(at);
    at += 900_000;
  }
  const steps = [];
  for (let from = 0; from < quarters.length; from += 4) {
    const begin = quarters[from] ?? 0;
    steps.push(sum(orders.filter(({ placedAt }) => placedAt >= begin && placedAt < begin + 3_600_000)));
  }
  return steps;
}

function best(orders: readonly WorldOrder[], most: number, keyOf: (order: WorldOrder) => string) {
  const keys = [...new Set(orders.map(keyOf))];
  return keys
    .map((key) => ({ key, ...sum(orders.filter((order) => keyOf(order) === key)) }))
    .toSorted((a, b) => b.grossMinor - a.grossMinor || (a.key < b.key ? -1 : 1))
    .slice(0, most);
}

function dumbFullness(
  world: World,
  { timeZone, wanted, seats }: { timeZone: string; wanted(showing: WorldShowing): boolean; seats: Asked["seats"] },
  now: number,
) {
  const zoneOf = ({ venueId }: WorldShowing) => world.venues.find(({ id }) => id === venueId)?.timeZone ?? "";
  const today = dayAt(now, timeZone);
  const soldOf = (showing: WorldShowing) => sum(world.orders.filter((one) => one.confirmed && one.showing === showing));
  const published = world.showings.filter((showing) => showing.status === "published" && wanted(showing));
  const ahead = published.filter(({ startsAt }) => startsAt >= now && dayAt(startsAt, timeZone) <= plusDays(today, 6));
  const past = published.filter(
    ({ startsAt }) => dayAt(startsAt, timeZone) >= plusDays(today, -28) && dayAt(startsAt, timeZone) < today,
  );
  const fullness = (some: readonly WorldShowing[]) => ({
    showings: some.length,
    capacity: some.reduce((all, { capacity }) => all + capacity, 0),
    tickets: some.reduce((all, showing) => all + soldOf(showing).tickets, 0),
  });
  const weekday = (day: string) => ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const chosen = seats === "ahead" ? ahead : past;
  const heat = [];
  for (let day = 1; day <= 7; day += 1) {
    for (let hour = 0; hour < 24; hour += 1) {
      const some = chosen.filter((showing) => {
        const shown = clockAt(showing.startsAt, zoneOf(showing));
        return weekday(shown.slice(0, 10)) === day && Number(shown.slice(11, 13)) === hour;
      });
      if (some.length > 0) heat.push({ weekday: day, hour, ...fullness(some) });
    }
  }
  const venueDays = [...new Set(chosen.map((showing) => dayAt(showing.startsAt, zoneOf(showing))))].toSorted();
  const fullDays = venueDays.map((day) => {
    return { day, ...fullness(chosen.filter((showing) => dayAt(showing.startsAt, zoneOf(showing)) === day)) };
  });
  const slowest = world.shows
    .map(({ id }) => ({ showId: id, ...fullness(ahead.filter(({ showId }) => showId === id)) }))
    .filter(({ capacity }) => capacity > 0)
    .map((show) => ({ ...show, share: show.tickets / show.capacity }));
  const coming = world.showings
    .filter((showing) => showing.startsAt >= now && showing.status !== "draft" && wanted(showing))
    .toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  return {
    heat,
    fullDays,
    shares: slowest.map(({ share }) => share).toSorted((a, b) => a - b),
    coming: coming
      .slice(0, 10)
      .filter(({ status }) => status === "published")
      .map((showing) => ({ showingId: showing.id, capacity: showing.capacity, ...soldOf(showing) })),
    more: coming.length > 10,
  };
}
