// Templates of seat maps in the language of whoever makes a room of one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { seatMapTemplate, seatMapTemplates } from "../../src/domain/templates.ts";
import { editorTexts as en } from "../../src/web/texts/en/editor.ts";
import { editorTexts as es } from "../../src/web/texts/es/editor.ts";
import { ownTemplate } from "../../src/web/own-template.ts";

for (const { kind } of seatMapTemplates) {
  test(`${kind} is the template itself in English, and says nothing in English in Spanish`, () => {
    const plain = seatMapTemplate(kind);
    assert.deepEqual(ownTemplate(kind, en.editor.begin), plain);
    const spanish = ownTemplate(kind, es.editor.begin);
    const unnamed = <Named extends { name: string }>(one: Named) => ({ ...one, name: "" });
    assert.deepEqual(spanish.sections.map(unnamed), plain.sections.map(unnamed), "codes and seats stay");
    const said = new Set([plain, ...plain.sections].map(({ name }) => name).concat(plain.stage.label));
    for (const { name } of spanish.sections) assert.ok(!said.has(name), name);
    assert.ok(!said.has(spanish.stage.label));
  });
}
