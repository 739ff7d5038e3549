// A venue's day: its auditoriums one below the other, the time across, each showing as long as it runs and then the turnaround.
// It is a table, so that it needs no styles of its own and reads well; a script makes its showings movable.

import { findClashes } from "../../../catalogue/authoring/clashes.ts";
import type { OwnAuditorium, OwnShowing } from "../../../catalogue/authoring/authoring.ts";
import { withQuery } from "../../addresses.ts";
import { t } from "../../messages.ts";
import { clockOf, timeText } from "../../times.ts";

const slotMinutes = 5;
const hourSlots = 60 / slotMinutes;
/** What is drawn at least, in hours of the day. */
const usualHours = { from: 10, to: 24 };

export interface DayGridProps {
  /** `/sell/<seller id>` */
  base: string;
  api: string;
  caption: string;
  venueId: string;
  date: string;
  timeZone: string;
  now: number;
  rooms: readonly OwnAuditorium[];
  /** Of that day, without those that are cancelled. */
  showings: readonly OwnShowing[];
  titleOf(showId: string): string;
  /** Tickets sold, by showing. */
  sold: ReadonlyMap<string, number>;
  /** May schedule. */
  editable: boolean;
}

/** A showing on the clock of its day: minutes since midnight, and how long it runs. */
interface Block {
  showing: OwnShowing;
  start: number;
  length: number;
}

export function DayGrid(props: DayGridProps) {
  const { rooms, editable, showings, timeZone } = props;
  const blocks = showings.map((showing) => blockOf(showing, timeZone));
  const hours = hoursOf(blocks, rooms);
  const clashing = clashesOf(rooms, showings);
  const script = editable
    ? { "data-schedule": "", "data-texts": JSON.stringify(t.dayGrid.live), ...scriptData(props, hours) }
    : {};
  return (
    <section class="day-grid" {...script}>
      {editable && (
        <p class="hint">
          <span class="day-how-scripts">{t.dayGrid.how}</span>
          <span class="day-how-plain">{t.dayGrid.howWithout}</span>
        </p>
      )}
      <div class="day-frame" role="region" aria-label={props.caption} tabIndex={0}>
        <table class="day-table">
          <caption class="unseen">{props.caption}</caption>
          <colgroup>
            <col class="day-room-col" />
            <col span={(hours.to - hours.from) * hourSlots} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" class="day-corner">
                {t.dayGrid.room}
              </th>
              {Array.from({ length: hours.to - hours.from }, (_, index) => (
                <th key={index} scope="colgroup" colSpan={hourSlots} class="day-hour">
                  {hourText(hours.from + index)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rooms.map((room) => (
              <Room key={room.id} {...props} room={room} blocks={blocks} hours={hours} clashing={clashing} />
            ))}
          </tbody>
        </table>
      </div>
      {editable && (
        <p class="day-status" role="status">
          <span />
        </p>
      )}
    </section>
  );
}

function scriptData({ api, timeZone, date, now }: DayGridProps, hours: { from: number; to: number }) {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const order = Temporal.PlainDate.compare(Temporal.PlainDate.from(date), today.toPlainDate());
  // Before this minute nothing can begin any more.
  const over = order > 0 ? -1 : order < 0 ? 24 * 60 : today.hour * 60 + today.minute;
  return { "data-api": api, "data-from": hours.from * 60, "data-to": hours.to * 60, "data-over": over };
}

function blockOf(showing: OwnShowing, timeZone: string): Block {
  const [hour = 0, minute = 0] = clockOf(showing.startsAt, timeZone).split(":").map(Number);
  const length = Math.round((showing.endsAt - showing.startsAt) / 60_000);
  return { showing, start: hour * 60 + minute, length };
}

/** Whole hours that hold all of the day's showings with their turnarounds. */
function hoursOf(blocks: readonly Block[], rooms: readonly OwnAuditorium[]): { from: number; to: number } {
  const turnaround = Math.max(0, ...rooms.map(({ turnaroundMinutes }) => turnaroundMinutes));
  const from = Math.min(usualHours.from, ...blocks.map(({ start }) => Math.floor(start / 60) - 1));
  const to = Math.max(
    usualHours.to,
    ...blocks.map(({ start, length }) => Math.ceil((start + length + turnaround) / 60)),
  );
  return { from: Math.max(0, from), to };
}

function clashesOf(rooms: readonly OwnAuditorium[], showings: readonly OwnShowing[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id, turnaroundMinutes } of rooms) {
    const own = showings.filter(({ auditoriumId }) => auditoriumId === id);
    for (const clash of findClashes(own, [], turnaroundMinutes * 60_000)) {
      ids.add(clash.wanted.id).add(clash.with.id);
    }
  }
  return ids;
}

type Cell = { kind: "gap" | "turnaround"; slots: number } | { kind: "showing"; slots: number; block: Block };

/** The cells of a row: each begins where the one before ends, on the grid of five minutes. */
function cellsOf(blocks: readonly Block[], turnaround: number, hours: { from: number; to: number }): Cell[] {
  const cells: Cell[] = [];
  let at = hours.from * hourSlots;
  const until = hours.to * hourSlots;
  const add = (kind: "gap" | "turnaround", to: number) => {
    const slots = Math.min(to, until) - at;
    if (slots <= 0) return;
    cells.push({ kind, slots });
    at += slots;
  };
  for (const [index, block] of blocks.entries()) {
    add("gap", Math.floor(block.start / slotMinutes));
    const slots = Math.max(1, Math.ceil((block.start + block.length) / slotMinutes) - at);
    cells.push({ kind: "showing", slots, block });
    at += slots;
    const next = blocks[index + 1];
    const ready = at + Math.ceil(turnaround / slotMinutes);
    add("turnaround", next ? Math.min(ready, Math.floor(next.start / slotMinutes)) : ready);
  }
  add("gap", until);
  return cells;
}

type RowProps = DayGridProps & {
  room: OwnAuditorium;
  blocks: readonly Block[];
  hours: { from: number; to: number };
  clashing: ReadonlySet<string>;
};

function Room(props: RowProps) {
  const { room, base, venueId, date, editable } = props;
  const own = props.blocks
    .filter(({ showing }) => showing.auditoriumId === room.id)
    .toSorted((a, b) => a.start - b.start);
  const add = withQuery(`${base}/schedule`, { venue: venueId, auditorium: room.id, date });
  return (
    <tr data-room={room.id} data-name={room.name} data-turnaround={room.turnaroundMinutes} data-map={room.seatMapId}>
      <th scope="row" class="day-room">
        <span class="day-room-name">{room.name}</span>
        <span class="day-room-note">{t.dayGrid.free(room.placeCount)}</span>
        <span class="day-room-note">{t.dayGrid.turnaround(room.turnaroundMinutes)}</span>
        {editable && (
          <a class="day-add" href={add} aria-label={t.dayGrid.addIn(room.name)}>
            {t.dayGrid.add}
          </a>
        )}
      </th>
      {cellsOf(own, room.turnaroundMinutes, props.hours).map((cell, index) => (
        <td key={index} colSpan={cell.slots} class={`day-${cell.kind}`}>
          {cell.kind === "showing" && <ShowingBlock {...props} block={cell.block} />}
        </td>
      ))}
    </tr>
  );
}

function ShowingBlock(props: RowProps & { block: Block }) {
  const { block, base, room, timeZone, now, editable } = props;
  const { showing, start, length } = block;
  const title = props.titleOf(showing.showId);
  const sold = props.sold.get(showing.id) ?? 0;
  const clash = props.clashing.has(showing.id);
  const published = showing.status === "published";
  const state = [
    published ? t.dayGrid.sold(sold, showing.placeCount) : t.programme.statuses[showing.status],
    ...(clash ? [t.dayGrid.clash] : []),
  ].join(", ");
  const [from, to] = [timeText(showing.startsAt, timeZone), timeText(showing.endsAt, timeZone)];
  const why = showing.startsAt <= now ? t.dayGrid.locked.begun : sold > 0 ? t.dayGrid.locked.sold(sold) : undefined;
  const data = editable
    ? {
        "data-showing": showing.id,
        "data-title": title,
        "data-start": start,
        "data-length": length,
        "data-seats": published ? showing.seatMapId : "",
        ...(why === undefined ? {} : { "data-why": why }),
      }
    : {};
  const looks = ["day-block", `day-block-${showing.status}`, why && "day-block-fixed", clash && "day-block-clash"];
  return (
    <a href={`${base}/showings/${showing.id}`} class={looks.filter(Boolean).join(" ")} draggable={false} {...data}>
      <span class="day-block-title">{title}</span>
      <span class="day-block-time">
        {from}
        <span class="unseen">–{to}</span>
      </span>
      <span class="day-block-state">{state}</span>
      <span class="unseen">{room.name}</span>
    </a>
  );
}

/** `7 PM`: an hour of the day, beyond 24 of the next. */
function hourText(hour: number): string {
  return new Intl.DateTimeFormat(t.locale, { hour: "numeric", timeZone: "UTC" }).format(hour * 3_600_000);
}
