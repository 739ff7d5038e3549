// The bundle of styles and islands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildAssets } from "../../src/web/assets.ts";
import { createLayout } from "../../src/web/layout.tsx";

test("two that open at once both get their assets", async () => {
  const [one, other] = await Promise.all([buildAssets(), buildAssets("Other")]);
  assert.equal(one.stylesheet, other.stylesheet);
  assert.notEqual(one.manifest, other.manifest);
});

test("styles and scripts come from the page's own host, wherever posters lie: a saved order has them without a network", async () => {
  const assets = await buildAssets();
  const draw = createLayout(assets, "https://cdn.example.org");
  const html = draw({ title: "Your tickets", body: null, styles: ["order"], islands: ["order"], part: "account" });
  const linked = [...html.matchAll(/<(?:link rel="stylesheet"|script type="module") (?:href|src)="([^"]+)"/g)];
  assert.ok(linked.length >= 4, html);
  for (const [, address] of linked) assert.match(address ?? "", /^\/static\/app\//);
});
