import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";

suite("published content in a folder", () => {
  test("changes nothing when the same is put again", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("shows", "same")]);
    const before = statSync(join(folder, "index.json")).mtimeMs;
    assert.deepEqual((await published.put([entry("shows", "same")])).changed, []);
    assert.equal(statSync(join(folder, "index.json")).mtimeMs, before);
  });

  test("starts whole after a crash at any point of a publication", async (t) => {
    const folder = temporary(t);
    await (await openFolderContent(folder)).put([entry("shows", "before")]);
    // Killed while a file or the index was written, and after the files but before the index.
    writeFileSync(join(folder, "index.json.new"), '{"heads":{"sho');
    const [shard = ""] = shards(folder);
    writeFileSync(join(folder, shard, `${shard}${"0".repeat(30)}.gz`), "never named");
    writeFileSync(join(folder, shard, `${shard}${"1".repeat(30)}.gz.new`), "half");
    const published = await openFolderContent(folder);
    assert.equal(text(await published.read("shows")), "before");
    assert.equal(files(folder).length, 1, "what nobody names is swept");
    assert.ok(!readdirSync(folder).includes("index.json.new"));
  });

  test("sweeps superseded content at the next start, not before", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("shows", "old")]);
    await published.put([entry("shows", "new")]);
    assert.equal(files(folder).length, 2);
    await openFolderContent(folder);
    assert.equal(files(folder).length, 1);
  });
});

function temporary(t: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "marquee-published-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const entry = (key: string, content: string) => ({ key, bytes: Buffer.from(content) });
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();
const shards = (folder: string) => readdirSync(folder).filter((name) => name.length === 2);
const files = (folder: string) =>
  shards(folder).flatMap((shard) => readdirSync(join(folder, shard)).map((name) => join(folder, shard, name)));
