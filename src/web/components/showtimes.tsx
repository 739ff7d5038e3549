// Showtimes: when, from which price, and how full.

import type { Showing } from "../../catalogue/model.ts";
import type { ShowingFormat } from "../../domain/formats.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import { Icon } from "./icon.tsx";
import { TimeOf } from "./moments.tsx";

/** How full a showing is, in words. */
export function fullnessText(free: number, places: number): string {
  if (free <= 0) return t.seats.soldOut;
  if (free <= 8) return t.seats.few(free);
  const share = free / places;
  if (share < 0.12) return t.seats.almost;
  return share < 0.5 ? t.seats.filling : t.seats.plenty;
}

type Level = "out" | "few" | "some" | "many";

function levelOf(free: number, places: number): Level {
  if (free <= 0) return "out";
  if (free <= 8 || free / places < 0.12) return "few";
  return free / places < 0.5 ? "some" : "many";
}

/** A bar that repeats what the words beside it say. */
export function Fullness(props: { free: number; places: number }) {
  const level = levelOf(props.free, props.places);
  return <span class={`fullness fullness-${level}`}>{fullnessText(props.free, props.places)}</span>;
}

/** How a showing is presented, as small signs. */
export function Formats({ formats }: { formats: readonly ShowingFormat[] }) {
  if (formats.length === 0) return null;
  return (
    <span class="formats">
      {formats.map((format) => (
        <span key={format} class="format">
          {t.formats[format]}
        </span>
      ))}
    </span>
  );
}

/** One showtime as a link to its seats. */
export function Showtime(props: {
  showing: Showing;
  timeZone: string;
  free: number;
  now: number;
  /** The auditorium is said where several are mixed. */
  auditorium?: boolean;
  /** Has places for wheelchairs, where not all do. */
  accessible?: boolean;
}) {
  const { showing, timeZone, free, now } = props;
  const level = levelOf(free, showing.placeCount);
  const over = showing.startsAt <= now;
  const cancelled = showing.status === "cancelled";
  const content = (
    <>
      <span class="showtime-time">
        <TimeOf at={showing.startsAt} timeZone={timeZone} />
        {props.accessible && (
          <>
            <Icon name="wheelchair" />
            <span class="unseen">{t.show.wheelchair}</span>
          </>
        )}
      </span>
      {cancelled ? (
        <span class="showtime-note">{t.showtimes.cancelled}</span>
      ) : (
        <>
          <span class="showtime-price">
            {t.showtimes.from(moneyText(showing.priceMinMinor, showing.prices.currency))}
          </span>
          <span class="showtime-note">{over ? t.showtimes.begun : fullnessText(free, showing.placeCount)}</span>
        </>
      )}
      {props.auditorium && <span class="showtime-room">{showing.auditorium.name}</span>}
      <Formats formats={showing.formats} />
    </>
  );
  if (over || cancelled) return <span class="showtime showtime-over">{content}</span>;
  return (
    <a class={`showtime showtime-${level}`} href={`/showings/${showing.id}`}>
      {content}
    </a>
  );
}

/** Showtimes side by side. `free` is in the order of `showings`. */
export function Showtimes(props: {
  showings: readonly Showing[];
  free: readonly number[];
  timeZone: string;
  now: number;
  auditorium?: boolean;
  /** Seat maps with places for wheelchairs, if they shall be marked. */
  accessible?: ReadonlySet<string>;
}) {
  return (
    <ul class="showtimes">
      {props.showings.map((showing, index) => (
        <li key={showing.id}>
          <Showtime
            showing={showing}
            timeZone={props.timeZone}
            free={props.free[index] ?? showing.placeCount}
            now={props.now}
            auditorium={props.auditorium ?? false}
            accessible={props.accessible?.has(showing.seatMapId) ?? false}
          />
        </li>
      ))}
    </ul>
  );
}
