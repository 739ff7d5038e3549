// A seat map as sellers may send it, before anybody looks at what it means.

import { Type } from "typebox";
import { seatMapLimits } from "./authoring.ts";

const coordinate = Type.Number({ minimum: 0, maximum: seatMapLimits.side });
const point = Type.Object({ x: coordinate, y: coordinate }, { additionalProperties: false });
const base = {
  id: Type.String({ pattern: "^[A-Z0-9]{1,8}$" }),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  rank: Type.Integer({ minimum: 0, maximum: 10_000 }),
  outline: Type.Array(Type.Tuple([coordinate, coordinate]), { minItems: 3, maxItems: 200 }),
};
const seat = Type.Object(
  {
    // No "#": it parts a standing area from the place's number.
    name: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$" }),
    x: coordinate,
    y: coordinate,
    access: Type.Optional(Type.Union([Type.Literal("accessible"), Type.Literal("companion")])),
    aisle: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
const row = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 12 }), seats: Type.Array(seat, { minItems: 1, maxItems: 500 }) },
  { additionalProperties: false },
);
const seated = Type.Object(
  { ...base, kind: Type.Literal("seats"), rows: Type.Array(row, { minItems: 1, maxItems: seatMapLimits.rows }) },
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
