import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { findFiles } from "../../src/cli/backup-folder.ts";
import { copySqliteFiles } from "../../src/store/copy.ts";
import { marquee, temporaryFolder } from "./marquee.ts";

/** A migrated data folder with a poster, and a log that is open for writing as a serving process has it. */
async function installation(folder: string) {
  const data = join(folder, "data");
  assert.equal((await marquee(["migrate", "--data", data])).code, 0);
  mkdirSync(join(data, "static", "ab"), { recursive: true });
  writeFileSync(join(data, "static", "ab", "poster.webp"), "a picture");
  const log = new DatabaseSync(join(data, "sales.db"));
  log.exec("pragma journal_mode = wal; pragma synchronous = full; create table entries (id integer primary key)");
  log.exec("insert into entries values (1), (2), (3)");
  return { data, log };
}

test("what was backed up while it was being written comes back whole", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  const backup = join(folder, "backup");
  const taken = await marquee(["backup", "--data", data, backup]);
  assert.equal(taken.code, 0, taken.stderr);
  log.exec("insert into entries values (4)");
  log.close();

  const again = join(folder, "again");
  const restored = await marquee(["restore", "--data", again, backup]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.equal(readFileSync(join(again, "static", "ab", "poster.webp"), "utf8"), "a picture");
  const copy = new DatabaseSync(join(again, "sales.db"));
  assert.equal(copy.prepare("select count(*) as n from entries").get()?.["n"], 3);
  copy.close();
  assert.match((await marquee(["migrate", "--data", again])).stdout, /newest shape already/);
});

test("a backup never holds the lock, what SQLite keeps beside its files, or a file half written", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  writeFileSync(join(data, "chunk.partial"), "half");
  const paths = (await findFiles(data)).map((file) => file.path);
  log.close();
  assert.deepEqual(paths, ["store.db", "sales.db", "static/ab/poster.webp"]);
});

test("the store's snapshot is older than the log's, so that a copy is never ahead of its log", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  writeFileSync(join(data, "a-first-by-name.db"), readFileSync(join(data, "store.db")));
  const databases = (await findFiles(data)).filter((file) => file.database).map((file) => file.path);
  log.close();
  assert.deepEqual(databases, ["store.db", "sales.db", "a-first-by-name.db"]);
});

test("snapshots are pinned before the first page is copied: what is written meanwhile is in none of them", async (t) => {
  const folder = temporaryFolder(t);
  const open = (name: string) => {
    const db = new DatabaseSync(join(folder, name));
    db.exec(
      "pragma journal_mode = wal; create table entries (id integer primary key, body text); insert into entries values (1, '')",
    );
    return db;
  };
  const first = open("first.db");
  const second = open("second.db");
  const copies = ["first", "second"].map((name) => ({
    from: join(folder, `${name}.db`),
    to: join(folder, `${name}.copy`),
  }));
  let writes = 0;
  await copySqliteFiles(copies, () => {
    writes += 1;
    for (const db of [first, second]) db.prepare("insert into entries values (?, 'later')").run(100 + writes);
  });
  first.close();
  second.close();
  assert.ok(writes > 0);
  for (const { to } of copies) {
    const copy = new DatabaseSync(to);
    assert.equal(copy.prepare("select count(*) as n from entries").get()?.["n"], 1, to);
    copy.close();
  }
});

test("restore refuses a folder that is not empty, and touches nothing in it", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  log.close();
  const backup = join(folder, "backup");
  await marquee(["backup", "--data", data, backup]);
  const before = readdirSync(data).filter((name) => !name.startsWith("lock."));
  const { code, stderr } = await marquee(["restore", "--data", data, backup]);
  assert.equal(code, 66);
  assert.match(stderr, /is not empty/);
  assert.deepEqual(
    readdirSync(data).filter((name) => !name.startsWith("lock.")),
    before,
  );
});

test("restore refuses a file that was changed in the backup, and leaves nothing that looks like an installation", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  log.close();
  const backup = join(folder, "backup");
  await marquee(["backup", "--data", data, backup]);
  writeFileSync(join(backup, "files", "static", "ab", "poster.webp"), "b picture");
  const again = join(folder, "again");
  const { code, stderr } = await marquee(["restore", "--data", again, backup]);
  assert.equal(code, 66);
  assert.match(stderr, /poster\.webp in the backup is not what was backed up/);
  assert.deepEqual(
    (await findFiles(again)).map((file) => file.path),
    [],
  );
});

const notABackup: readonly (readonly [what: string, manifest: string, sentence: RegExp])[] = [
  ["no manifest", "", /no manifest that can be read/],
  ["a path that leads outside", '{"format":1,"files":[{"path":"../evil","bytes":1,"sha256":""}]}', /lies outside/],
  [
    "a file that is missing",
    '{"format":1,"files":[{"path":"store.db","bytes":1,"sha256":""}]}',
    /lacks the file store\.db/,
  ],
];
for (const [what, manifest, sentence] of notABackup) {
  test(`restore refuses a folder with ${what}`, async (t) => {
    const folder = temporaryFolder(t);
    if (manifest !== "") writeFileSync(join(folder, "manifest.json"), manifest);
    const { code, stderr } = await marquee(["restore", "--data", join(folder, "data"), folder]);
    assert.equal(code, 66);
    assert.match(stderr, sentence);
  });
}

test("backup refuses a folder that exists, one inside the data folder, and an empty installation", async (t) => {
  const folder = temporaryFolder(t);
  const { data, log } = await installation(folder);
  log.close();
  assert.match((await marquee(["backup", "--data", data, folder])).stderr, /exists already/);
  assert.match((await marquee(["backup", "--data", data, join(data, "backup")])).stderr, /lies inside the data folder/);
  assert.match(
    (await marquee(["backup", "--data", join(folder, "none"), join(folder, "b")])).stderr,
    /no installation/,
  );
});
