import assert from "node:assert/strict";
import { test } from "node:test";
import type { Terminal } from "../../src/cli/command.ts";
import { createProgress, duration } from "../../src/cli/progress.ts";

function terminal(interactive: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const out: Terminal = { interactive, columns: 80, write: (text) => void written.push(text), now: () => clock.ms };
  return { out, written, clock };
}

test("a log gets a line every ten percent and one at the end", () => {
  const { out, written, clock } = terminal(false);
  const progress = createProgress("Loading", out);
  for (let done = 1; done <= 1_000; done += 1) {
    clock.ms += 10;
    progress.update(done, 1_000);
  }
  progress.end();
  assert.equal(written.length, 11);
  assert.equal(written[0], "Loading: 10 %, 9.0 s left\n");
  assert.equal(written.at(-1), "Loading: done in 10 s\n");
});

test("a person sees one line, drawn again at most ten times a second, with percentage and time left", () => {
  const { out, written, clock } = terminal(true);
  const progress = createProgress("Loading", out);
  for (let done = 1; done <= 1_000; done += 1) {
    clock.ms += 1;
    progress.update(done, 1_000);
  }
  progress.end();
  assert.ok(written.length <= 13, `${written.length} writes`);
  assert.ok(
    written.every((text) => text.startsWith("\r")),
    "the same line",
  );
  assert.equal(written.filter((text) => text.includes("\n")).length, 1, "the line ends once");
  assert.ok(
    written.some((text) => /60 %, 0\.4 s left/.test(text)),
    written.join("|"),
  );
});

test("nothing to do is all done", () => {
  const { out, written } = terminal(false);
  createProgress("Loading", out).update(0, 0);
  assert.deepEqual(written, ["Loading: 100 %\n"]);
});

test("durations read like people say them", () => {
  assert.deepEqual([400, 9_949, 12_400, 185_000].map(duration), ["0.4 s", "9.9 s", "12 s", "3 min 5 s"]);
});
