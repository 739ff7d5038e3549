// A seat map as sellers may send it, before anybody looks at what it means.

import { Type } from "typebox";
import { seatMapLimits } from "../../domain/seat-map.ts";

const coordinate = Type.Number({ minimum: 0, maximum: seatMapLimits.side });
const point = Type.Object({ x: coordinate, y: coordinate }, { additionalProperties: false });
const base = {
  id: Type.String({ pattern: "^[A-Z0-9]{1,8}$" }),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  rank: Type.Integer({ minimum: 0, maximum: 10_000 }),
  outline: Type.Array(Type.Tuple([coordinate, coordinate]), { minItems: 3, maxItems: 200 }),
  colour: Type.Optional(Type.Integer({ minimum: 1, maximum: 8, description: "Tells sections apart in drawings" })),
};
const seat = Type.Object(
  {
    // No "#": it parts a standing area from the place's number.
    name: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$" }),
    x: coordinate,
    y: coordinate,
    access: Type.Optional(Type.Union([Type.Literal("accessible"), Type.Literal("companion")])),
    view: Type.Optional(Type.Literal("restricted", { description: "Something stands in the line of sight" })),
    aisle: Type.Optional(Type.Literal(true, { description: "An aisle lies before this seat" })),
  },
  { additionalProperties: false },
);
const rowShape = Type.Object(
  {
    spacing: Type.Number({ minimum: 1, maximum: 1_000, description: "From one seat to the next" }),
    angle: Type.Number({ minimum: -360, maximum: 360, description: "Degrees clockwise, of the row's middle" }),
    curve: Type.Number({ minimum: -1_000, maximum: 1_000, description: "Degrees turned on 1,000 units of the row" }),
  },
  { additionalProperties: false, description: "The line that the seats were laid on; only editors read it" },
);
const start = Type.Integer({ minimum: 0, maximum: 9_999 });
const numbering = Type.Object(
  {
    rows: Type.Optional(
      Type.Object(
        {
          style: Type.Enum(["letters", "numbers"]),
          from: Type.Enum(["front", "back"]),
          start,
          skip: Type.Optional(Type.String({ maxLength: 25, pattern: "^[A-Z]*$" })),
        },
        { additionalProperties: false },
      ),
    ),
    seats: Type.Optional(
      Type.Object(
        { from: Type.Enum(["left", "right", "centre"]), step: Type.Enum(["all", "odd", "even"]), start },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, description: "How names were given; only editors read it" },
);
const row = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 12 }),
    seats: Type.Array(seat, { minItems: 1, maxItems: seatMapLimits.seatsInRow }),
    shape: Type.Optional(rowShape),
  },
  { additionalProperties: false },
);
const seated = Type.Object(
  {
    ...base,
    kind: Type.Literal("seats"),
    rows: Type.Array(row, { minItems: 1, maxItems: seatMapLimits.rows }),
    numbering: Type.Optional(numbering),
  },
  { additionalProperties: false },
);
const standing = Type.Object(
  {
    ...base,
    kind: Type.Literal("standing"),
    capacity: Type.Integer({ minimum: 1, maximum: seatMapLimits.places }),
  },
  { additionalProperties: false },
);

/** domain/seat-map.ts SeatMap. */
export const seatMapSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    width: Type.Number({ minimum: 100, maximum: seatMapLimits.side }),
    height: Type.Number({ minimum: 100, maximum: seatMapLimits.side }),
    focus: point,
    stage: Type.Object(
      {
        label: Type.String({ maxLength: 40 }),
        x: coordinate,
        y: coordinate,
        width: coordinate,
        height: coordinate,
      },
      { additionalProperties: false },
    ),
    sections: Type.Array(Type.Union([seated, standing]), { minItems: 1, maxItems: seatMapLimits.sections }),
  },
  { additionalProperties: false },
);
