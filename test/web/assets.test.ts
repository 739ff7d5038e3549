// The bundle of styles and islands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildAssets } from "../../src/web/assets.ts";

test("two that open at once both get their assets", async () => {
  const [one, other] = await Promise.all([buildAssets(), buildAssets("Other")]);
  assert.equal(one.stylesheet, other.stylesheet);
  assert.notEqual(one.manifest, other.manifest);
});
