// Times and names as people read them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { languageText } from "../../src/web/times.ts";

test("a language code is read as its name, and whatever else a seller wrote stays", () => {
  assert.equal(languageText("en"), "English");
  assert.equal(languageText("pt-BR"), "Brazilian Portuguese");
  for (const own of ["English", "Spanish with subtitles", "", "en-12", "en-", "qqq", "日本語"]) {
    assert.equal(languageText(own), own);
  }
});
