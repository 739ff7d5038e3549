// The templates of seat maps with their names in the language of whoever makes a room of one. Codes and seats stay what they are.

import { seatMapTemplate, type SeatMapTemplate } from "../domain/templates.ts";
import type { SeatMap } from "../domain/seat-map.ts";

export interface TemplateTexts {
  templates: Readonly<Record<SeatMapTemplate, string>>;
  stages: Readonly<Record<"screen" | "stage", string>>;
  /** By the code of the section. */
  templateSections: Readonly<Record<string, string>>;
  numberedSection: (code: string) => string;
}

export function ownTemplate(kind: SeatMapTemplate, texts: TemplateTexts): SeatMap {
  const map = seatMapTemplate(kind);
  const stage = kind === "theatre" || kind === "arena" ? texts.stages.stage : texts.stages.screen;
  const sections = map.sections.map((section) => ({
    ...section,
    name: texts.templateSections[section.id] ?? texts.numberedSection(section.id),
  }));
  return { ...map, name: texts.templates[kind], stage: { ...map.stage, label: stage }, sections };
}
