// Showtimes: when, from which price, and how full.

import type { Showing } from "../../catalogue/model.ts";
import { formatMoney } from "../../domain/money.ts";
import { t } from "../messages.ts";
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

/** One showtime as a link to its seats. */
export function Showtime(props: {
  showing: Showing;
  timeZone: string;
  free: number;
  now: number;
  /** The auditorium is said where several are mixed. */
  auditorium?: boolean;
}) {
  const { showing, timeZone, free, now } = props;
  const level = levelOf(free, showing.placeCount);
  const over = showing.startsAt <= now;
  const cancelled = showing.status === "cancelled";
  const content = (
    <>
      <span class="showtime-time">
        <TimeOf at={showing.startsAt} timeZone={timeZone} />
      </span>
      {cancelled ? (
        <span class="showtime-note">{t.showtimes.cancelled}</span>
      ) : (
        <>
          <span class="showtime-price">
            {t.showtimes.from(formatMoney(showing.priceMinMinor, showing.prices.currency))}
          </span>
          <span class="showtime-note">{over ? t.showtimes.begun : fullnessText(free, showing.placeCount)}</span>
        </>
      )}
      {props.auditorium && <span class="showtime-room">{showing.auditorium.name}</span>}
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
          />
        </li>
      ))}
    </ul>
  );
}
