// The contract of published content, by which every back end is judged: what src/catalogue/published.ts promises.

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { describe, it } from "node:test";
import { publishNewest, type Published } from "../../src/catalogue/published.ts";

export interface PublishedSetting {
  /** Opens the same content, again if it was opened before. */
  open(): Promise<Published>;
  /** Changes what lies under a key's content. */
  damage(key: string, hash: string): Promise<void>;
  dispose(): Promise<void>;
}

export const entry = (key: string, content: string) => ({ key, bytes: Buffer.from(content) });
export const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

/** Judges a back end. */
export function publishedContract(name: string, create: () => Promise<PublishedSetting>): void {
  function judged(sentence: string, judge: (setting: PublishedSetting) => Promise<void>): void {
    void it(sentence, async () => {
      const setting = await create();
      try {
        await judge(setting);
      } finally {
        await setting.dispose();
      }
    });
  }

  describe(`published content ${name}`, () => {
    judged("is there when it is opened again, the newest of each key", async ({ open }) => {
      const published = await open();
      await published.put([entry("shows", "old"), entry("venues", "one")]);
      assert.deepEqual(await published.put([entry("shows", "new"), entry("venues", "one")]), {
        changed: ["shows"],
        overtaken: [],
      });
      const again = await open();
      assert.equal(text(await again.read("shows")), "new");
      assert.equal(text(await again.read("venues")), "one");
      assert.equal(again.head("shows"), published.head("shows"));
      assert.equal(await again.read("nothing"), undefined);
      assert.deepEqual([...again.keys()].toSorted(), ["shows", "venues"]);
    });

    judged("keeps any bytes", async ({ open }) => {
      const published = await open();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
      await published.put([{ key: "seat-map:é", bytes }]);
      assert.deepEqual(new Uint8Array((await published.read("seat-map:é")) ?? []), bytes);
    });

    judged("goes back to what it was before", async ({ open }) => {
      const published = await open();
      for (const content of ["one", "two", "one"]) await published.put([entry("shows", content)]);
      assert.equal(text(await published.read("shows")), "one");
      assert.equal(text(await (await open()).read("shows")), "one");
    });

    judged("forgets keys that end", async ({ open }) => {
      const published = await open();
      await published.put([entry("a", "1"), entry("b", "2")]);
      const ended = await published.put([
        { key: "a", bytes: undefined },
        { key: "unknown", bytes: undefined },
      ]);
      assert.deepEqual(ended, { changed: ["a"], overtaken: [] });
      assert.deepEqual([...published.keys()], ["b"]);
      assert.equal(published.head("a"), undefined);
      assert.equal(await published.read("a"), undefined);
      assert.deepEqual([...(await open()).keys()], ["b"]);
    });

    judged("keeps every one of many publications at once", async ({ open }) => {
      const published = await open();
      await Promise.all(Array.from({ length: 200 }, (_, index) => published.put([entry(`key ${index}`, `${index}`)])));
      const again = await open();
      for (let index = 0; index < 200; index += 1) assert.equal(text(await again.read(`key ${index}`)), `${index}`);
    });

    judged("tells who listens, once the new head is there", async ({ open }) => {
      const published = await open();
      const heard: unknown[] = [];
      const stop = published.onChange((keys) => {
        for (const key of keys) heard.push([key, published.head(key) !== undefined]);
      });
      await published.put([entry("shows", "1")]);
      await published.put([entry("shows", "1")]);
      await published.put([{ key: "shows", bytes: undefined }]);
      stop();
      await published.put([entry("shows", "2")]);
      assert.deepEqual(heard, [
        ["shows", true],
        ["shows", false],
      ]);
    });

    const meanwhile: readonly [what: string, before: string | undefined, puts: readonly (string | undefined)[]][] = [
      ["other content", "before", ["meanwhile"]],
      ["the same content", "before", ["before"]],
      ["other content and then the old one", "before", ["meanwhile", "before"]],
      ["the end of the key", "before", [undefined]],
      ["the first content", undefined, ["meanwhile"]],
      ["content that ended again", undefined, ["meanwhile", undefined]],
      ["the end of a key that was not there", undefined, [undefined]],
    ];
    for (const [what, before, puts] of meanwhile) {
      judged(`takes nothing that was made before somebody else put ${what}`, async ({ open }) => {
        const published = await open();
        const bytesOf = (content: string | undefined) => (content === undefined ? undefined : Buffer.from(content));
        await published.put([entry("other", "x"), { key: "shows", bytes: bytesOf(before) }]);
        const [since = ""] = await published.revisions(["shows"]);
        for (const content of puts) await published.put([{ key: "shows", bytes: bytesOf(content) }]);
        const late = await published.put([{ ...entry("shows", "late"), since }, entry("other", "y")]);
        assert.deepEqual(late, { changed: ["other"], overtaken: ["shows"] });
        assert.equal(text(await published.read("shows")), puts.at(-1));
        const [now = ""] = await published.revisions(["shows"]);
        assert.deepEqual((await published.put([{ ...entry("shows", "again"), since: now }])).changed, ["shows"]);
      });
    }

    judged("ends with what was read last, however many publish it at once", async ({ open }) => {
      const published = await open();
      let source = 0;
      let readings = 0;
      const read = async (keys: readonly string[]) => {
        const seen = source;
        readings += 1;
        // Some take longer than others between reading and putting.
        for (let turns = (readings * 7) % 5; turns > 0; turns -= 1) await setImmediate();
        return keys.map((key) => entry(key, `${seen}`));
      };
      const change = async (key: string) => {
        source += 1;
        await publishNewest(published, [key], read);
      };
      await Promise.all(Array.from({ length: 60 }, () => change("shows")));
      assert.equal(text(await published.read("shows")), "60");
      assert.equal(text(await (await open()).read("shows")), "60");
    });

    judged("says so when content is not what it was", async ({ open, damage }) => {
      const published = await open();
      await published.put([entry("shows", "right")]);
      await damage("shows", published.head("shows") ?? "");
      await assert.rejects(published.read("shows"), /shows .* is damaged/);
    });

    judged("is whole once everything was put there", async ({ open }) => {
      const published = await open();
      assert.equal(published.whole(), false);
      await published.fill(async () => void (await published.put([entry("venues", "1"), entry("shows", "1")])));
      assert.equal(published.whole(), true);
      assert.equal((await open()).whole(), true);
    });
  });
}
