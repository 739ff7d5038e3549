// What is wrong, each with a way to it.

import type { Desk } from "./desk.ts";
import { boxAround, culpritOf, sentenceAbout } from "./faults.ts";
import { Icon } from "./icons.tsx";
import type { Box } from "./drawing.ts";
import { fitDrawing } from "./moving.ts";

const shown = 30;

export function Problems({ desk, onShow }: { desk: Desk; onShow: (box: Box | undefined) => void }) {
  const { texts } = desk;
  const faults = desk.faults.value;
  const { drawing } = desk.edit.value;
  if (faults.length === 0) {
    return (
      <p class="editor-good">
        <Icon name="good" /> {texts.panel.noProblems}
      </p>
    );
  }
  const outside = faults.some(({ code }) => code.endsWith("-outside"));
  return (
    <ul class="editor-problems">
      {outside && (
        <li>
          <button
            type="button"
            class="editor-text-button"
            onClick={() => {
              desk.do("fit", fitDrawing);
              onShow(undefined);
            }}
          >
            {texts.fields.fit}
          </button>
        </li>
      )}
      {faults.slice(0, shown).map((fault) => {
        const sentence = sentenceAbout(texts, drawing, fault);
        const show = () => {
          const culprit = culpritOf(desk.edit.value.drawing, fault);
          desk.level.value = culprit.seats.size > 0 ? "seats" : culprit.rows.size > 0 ? "rows" : "areas";
          desk.tool.value = "select";
          desk.select(culprit);
          onShow(boxAround(desk.edit.value.drawing, culprit));
        };
        return (
          <li key={`${fault.code} ${fault.section} ${fault.row} ${fault.seat}`}>
            <button type="button" class="editor-problem" onClick={show}>
              <Icon name="warning" />
              <span>{sentence}</span>
              <span class="editor-problem-show">{texts.panel.show}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
