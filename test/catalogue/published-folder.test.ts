import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";

suite("published content in a folder", () => {
  test("is there after a restart, the newest of each key", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("shows", "old"), entry("venues", "one")]);
    assert.deepEqual(
      (await published.put([entry("shows", "new"), entry("venues", "one")])).map(({ key }) => key),
      ["shows"],
    );
    const again = await openFolderContent(folder);
    assert.equal(text(await again.read("shows")), "new");
    assert.equal(text(await again.read("venues")), "one");
    assert.equal(again.head("shows"), published.head("shows"));
    assert.equal(await again.read("nothing"), undefined);
  });

  test("changes nothing when the same is put again", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("shows", "same")]);
    const before = statSync(join(folder, "index.json")).mtimeMs;
    assert.deepEqual(await published.put([entry("shows", "same")]), []);
    assert.equal(statSync(join(folder, "index.json")).mtimeMs, before);
  });

  test("forgets keys that are removed", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("a", "1"), entry("b", "2")]);
    await published.remove(["a", "unknown"]);
    assert.deepEqual([...(await openFolderContent(folder)).keys()], ["b"]);
  });

  test("keeps every one of many publications at once", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await Promise.all(Array.from({ length: 50 }, (_, index) => published.put([entry(`key ${index}`, `${index}`)])));
    const again = await openFolderContent(folder);
    for (let index = 0; index < 50; index += 1) assert.equal(text(await again.read(`key ${index}`)), `${index}`);
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

  test("says so when a file is not what it was", async (t) => {
    const folder = temporary(t);
    const published = await openFolderContent(folder);
    await published.put([entry("shows", "right")]);
    const [file = ""] = files(folder);
    writeFileSync(file, readFileSync(file, "utf8").replace("right", "wrong"));
    await assert.rejects(published.read("shows"), /shows .* is damaged/);
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
