// Where a person may be led after signing in, and what a trailer's address becomes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { safeNext } from "../../src/web/addresses.ts";
import { embedAddress, linkAddress, trailerOf } from "../../src/web/trailers.ts";

test("after signing in nobody is led to another site", () => {
  const own = ["/", "/holds/abc", "/shows/x?near=Denver%2C+CO#seats", "/account/orders"];
  for (const next of own) assert.equal(safeNext(next), next);
  const foreign = [
    "",
    "account",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /account",
    "https://evil.example",
    "javascript:alert(1)",
    "/..//evil.example",
    "/./\\evil.example",
    `/${"a".repeat(2_000)}`,
  ];
  for (const next of foreign) assert.equal(safeNext(next), "/account/orders", JSON.stringify(next));
});

test("only YouTube and Vimeo are embedded, and only web addresses are linked", () => {
  const embedded = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ?t=3": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://m.youtube.com/shorts/dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://vimeo.com/123456789": "https://player.vimeo.com/video/123456789?dnt=1",
  };
  for (const [address, frame] of Object.entries(embedded)) assert.equal(embedAddress(address), frame);
  for (const address of [
    "",
    "https://example.org/trailer.mp4",
    "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    'https://youtu.be/"><script>',
    "javascript:alert(1)",
  ]) {
    assert.equal(embedAddress(address), undefined, address);
  }
  assert.equal(linkAddress("https://example.org/trailer.mp4"), "https://example.org/trailer.mp4");
  assert.equal(linkAddress("javascript:alert(1)"), undefined);
});

test("a trailer of the static content is played from there, and nothing else of its form", () => {
  const path = "media/ab/ab12.webm";
  const address = `https://cdn.example.org/${path}`;
  assert.deepEqual(trailerOf(path, "https://cdn.example.org"), { kind: "file", address, href: address });
  for (const other of [
    "",
    "media/../../keys.webm",
    "media/ab/ab12.svg",
    "/media/ab/ab12.webm",
    "javascript:alert(1)",
  ]) {
    assert.equal(trailerOf(other, "/static"), undefined, other);
  }
  assert.equal(trailerOf("https://example.org/trailer.mp4", "/static")?.kind, "link");
});
