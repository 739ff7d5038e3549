// A show's stills as its seller sees them: in their order, each to be moved or taken away, and a form for another.

import type { OwnShow } from "../../../catalogue/authoring/authoring.ts";
import { mostStills } from "../../../catalogue/authoring/media.ts";
import { ActionForm, Button } from "../../components/buttons.tsx";
import { Field, FormMessage } from "../../components/fields.tsx";
import { Card } from "../../components/frames.tsx";
import { Still } from "../../components/still.tsx";
import type { FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import type { Visit } from "./frame.tsx";

export function StillsCard({ visit, show, form }: { visit: Visit; show: OwnShow; form: FormState }) {
  const { stills, title } = show;
  const action = `${visit.base}/shows/${show.id}/stills`;
  const crop = { ...t.crop, ...t.cropStill };
  return (
    <Card title={t.stills.title} id="stills">
      <p class="hint">{t.stills.lead(mostStills)}</p>
      {stills.length === 0 && <p>{t.stills.none}</p>}
      <ol class="still-list">
        {stills.map(({ id, path }, index) => (
          <li key={id}>
            <Still path={path} alt={t.stills.still(index + 1, title)} />
            <div class="actions">
              {index > 0 && (
                <ActionForm
                  action={`${action}/move`}
                  fields={{ stillId: id, by: "-1" }}
                  label={t.stills.earlierOf(index + 1)}
                  small
                >
                  {t.stills.earlier}
                </ActionForm>
              )}
              {index < stills.length - 1 && (
                <ActionForm
                  action={`${action}/move`}
                  fields={{ stillId: id, by: "1" }}
                  label={t.stills.laterOf(index + 1)}
                  small
                >
                  {t.stills.later}
                </ActionForm>
              )}
              <ActionForm
                action={`${action}/remove`}
                fields={{ stillId: id }}
                label={t.stills.removeOf(index + 1)}
                small
              >
                {t.stills.remove}
              </ActionForm>
            </div>
          </li>
        ))}
      </ol>
      {stills.length < mostStills ? (
        <form method="post" action={action} encType="multipart/form-data" class="sell-form still-form">
          <FormMessage form={form} />
          <input type="hidden" name="stillId" value="" />
          <Field
            form={form}
            name="image"
            id="still"
            label={t.stills.picture}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            hint={t.stills.hint}
            required
          />
          <div
            class="crop"
            data-crop={`/api/v1/sellers/${visit.by.sellerId}/media`}
            data-kind="still"
            data-texts={JSON.stringify(crop)}
          />
          <Button kind="quiet">{t.stills.add}</Button>
        </form>
      ) : (
        <p class="hint">{t.stills.full(mostStills)}</p>
      )}
    </Card>
  );
}
