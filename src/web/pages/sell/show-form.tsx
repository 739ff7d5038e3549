// The fields of a show.

import { Button } from "../../components/buttons.tsx";
import { Checkbox, Field, FormMessage, Select, TextArea } from "../../components/fields.tsx";
import type { FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";

/** The fields that may be at fault. */
export const showFields = [
  "kind",
  "title",
  "synopsis",
  "genres",
  "cast",
  "directors",
  "runningMinutes",
  "rating",
  "language",
  "year",
  "trailerUrl",
  "image",
] as const;

export function ShowForm(props: {
  form: FormState;
  action: string;
  /** Where the page's script sends a poster to. */
  media: string;
  button: string;
  hasPoster?: boolean;
}) {
  const { form } = props;
  return (
    <form method="post" action={props.action} encType="multipart/form-data" class="sell-form">
      <FormMessage form={form} />
      <Field form={form} name="title" label="Title" required maxLength={200} />
      <div class="sell-fields">
        <Select
          form={form}
          name="kind"
          label="Kind"
          options={[
            { value: "film", text: "Film" },
            { value: "event", text: "Live event" },
          ]}
        />
        <Field form={form} name="runningMinutes" label="Length in minutes" type="number" min={1} max={1440} required />
        <Field form={form} name="year" label="Year" type="number" min={1000} max={9999} />
        <Field form={form} name="rating" label="Rating" hint="Like PG-13" maxLength={20} />
        <Field form={form} name="language" label="Language" maxLength={40} />
      </div>
      <TextArea
        form={form}
        name="synopsis"
        label="Synopsis"
        hint="Plain text. It has to be there before you publish."
        rows={6}
        maxLength={5_000}
      />
      <Field form={form} name="genres" label="Genres" hint="With commas between them" />
      <Field form={form} name="directors" label="Directors" hint="With commas between them" />
      <TextArea form={form} name="cast" label="Cast" hint="With commas between the names" rows={3} />
      <Field
        form={form}
        name="trailerUrl"
        label="Trailer"
        inputMode="url"
        hint="A YouTube or Vimeo page, or an .mp4 or .webm file"
        maxLength={500}
      />
      <Field
        form={form}
        name="image"
        label={props.hasPoster ? "Another poster" : "Poster"}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        hint="PNG, JPEG or WebP in the proportion 2:3, at most 5 MB"
      />
      <input type="hidden" name="posterId" value={form.values.text("posterId", 64)} />
      <div class="crop" data-crop={props.media} data-texts={JSON.stringify(t.crop)} />
      {props.hasPoster && <Checkbox form={form} name="removePoster" label="Take the poster away" />}
      <Button>{props.button}</Button>
    </form>
  );
}
