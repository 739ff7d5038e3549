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
      <Field form={form} name="title" label={t.showForm.title} required maxLength={200} />
      <div class="sell-fields">
        <Select
          form={form}
          name="kind"
          label={t.sellShows.kind}
          options={[
            { value: "film", text: t.sellShows.kinds.film },
            { value: "event", text: t.sellShows.kinds.event },
          ]}
        />
        <Field form={form} name="runningMinutes" label={t.showForm.minutes} type="number" min={1} max={1440} required />
        <Field form={form} name="year" label={t.showForm.year} type="number" min={1000} max={9999} />
        <Field form={form} name="rating" label={t.showForm.rating} hint={t.showForm.ratingHint} maxLength={20} />
        <Field form={form} name="language" label={t.showForm.language} maxLength={40} />
      </div>
      <TextArea
        form={form}
        name="synopsis"
        label={t.showForm.synopsis}
        hint={t.showForm.synopsisHint}
        rows={6}
        maxLength={5_000}
      />
      <Field form={form} name="genres" label={t.showForm.genres} hint={t.showForm.commas} />
      <Field form={form} name="directors" label={t.showForm.directors} hint={t.showForm.commas} />
      <TextArea form={form} name="cast" label={t.showForm.cast} hint={t.showForm.castHint} rows={3} />
      <Field
        form={form}
        name="trailerUrl"
        label={t.showForm.trailer}
        inputMode="url"
        hint={t.showForm.trailerHint}
        maxLength={500}
      />
      <Field
        form={form}
        name="image"
        label={props.hasPoster ? t.showForm.otherPoster : t.showForm.poster}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        hint={t.showForm.posterHint}
      />
      <input type="hidden" name="posterId" value={form.values.text("posterId", 64)} />
      <div class="crop" data-crop={props.media} data-texts={JSON.stringify(t.crop)} />
      {props.hasPoster && <Checkbox form={form} name="removePoster" label={t.showForm.removePoster} />}
      <Button>{props.button}</Button>
    </form>
  );
}
