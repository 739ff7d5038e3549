// Fields of seats: those that are selected one by one, or all of selected rows and sections.

import type { Seat } from "../../domain/seat-map.ts";
import type { Desk } from "./desk.ts";
import type { DrawnRow, SeatedArea } from "./drawing.ts";
import { CheckField, common, Group, SelectField, TextField } from "./fields.tsx";
import { setAccess, setAisleBefore, setSeatNumber, setView } from "./seats.ts";

type Kind = NonNullable<Seat["access"]> | "plain";
const kinds: readonly Kind[] = ["plain", "accessible", "companion"];

export function SeatFields(props: {
  desk: Desk;
  rows: readonly { row: DrawnRow }[];
  seats: readonly { row: DrawnRow; area: SeatedArea; seats: ReadonlySet<number> }[];
}) {
  const { desk, rows, seats } = props;
  const { texts } = desk;
  const { fields } = texts;
  const single = seats.flatMap(({ row, seats }) => [...seats].map((index) => ({ row, index, seat: row.seats[index] })));
  const chosen = [...rows.flatMap(({ row }) => row.seats), ...single.flatMap(({ seat }) => (seat ? [seat] : []))];
  const [only] = single.length === 1 && rows.length === 0 ? single : [];
  return (
    <Group title={only ? fields.thisSeat : texts.seats(chosen.length)}>
      {only?.seat && (
        <TextField
          label={fields.number}
          value={only.seat.number}
          various=""
          maxLength={20}
          read={(text) =>
            /^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/.test(text) ? { value: text } : { error: fields.filled(20) }
          }
          onValue={(number) => desk.do("number", (edit) => setSeatNumber(edit, only.row.key, only.index, number))}
        />
      )}
      <SelectField
        wide={!only}
        label={fields.kind}
        various={fields.various}
        value={common(chosen, (seat): Kind => seat.access ?? "plain")}
        options={kinds.map((value) => ({ value, text: fields.kinds[value] }))}
        onValue={(kind) => desk.do("access", (edit) => setAccess(edit, kind === "plain" ? undefined : kind))}
      />
      <CheckField
        label={fields.restricted}
        value={common(chosen, (seat) => seat.view === "restricted")}
        onValue={(on) => desk.do("view", (edit) => setView(edit, on ? "restricted" : undefined))}
      />
      {rows.length === 0 && single.some(({ index }) => index > 0) && (
        <CheckField
          label={fields.aisleBefore}
          value={common(
            single.filter(({ index }) => index > 0),
            ({ seat }) => seat?.aisle === true,
          )}
          onValue={(on) => desk.do("aisle", (edit) => setAisleBefore(edit, on))}
        />
      )}
    </Group>
  );
}
