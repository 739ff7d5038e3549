// A city typed in, with suggestions.

import type { Place } from "../../catalogue/model.ts";
import type { FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import { placeName } from "../where.ts";
import { Field } from "./fields.tsx";

/** The field `near`. `places` are suggested; any city that the catalogue knows may be typed. */
export function PlaceField(props: { form: FormState; places: readonly Place[] }) {
  return (
    <>
      <Field
        form={props.form}
        name="near"
        label={t.where.label}
        placeholder={t.where.example}
        list="places"
        autoComplete="address-level2"
        maxLength={80}
        plain
      />
      <datalist id="places">
        {props.places.map((place) => (
          <option key={place.id} value={placeName(place)} />
        ))}
      </datalist>
    </>
  );
}
