// The contract of origins, by which every back end is judged: what src/media/static-content.ts promises.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { describe, it } from "node:test";
import type { Origin } from "../../src/media/static-content.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

export interface OpenOrigin {
  origin: Origin;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Judges a back end; each `open` is an empty origin of its own. */
export function originContract(name: string, open: () => Promise<OpenOrigin>): void {
  describe(`an origin in ${name}`, () => {
    it("keeps bytes under their name and answers the path", async () => {
      await using setting = await open();
      const { origin } = setting;
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
      equal(await origin.put("media/ab/abcd-600.webp", bytes, "image/webp"), "media/ab/abcd-600.webp");
      deepEqual(Uint8Array.from((await origin.read("media/ab/abcd-600.webp")) ?? []), bytes);
      equal(await origin.read("media/ab/other.webp"), undefined);
    });

    it("never changes what a name stands for", async () => {
      await using setting = await open();
      const { origin } = setting;
      await origin.put("a/b.json", bytesOf("first"), "application/json");
      equal(await origin.put("a/b.json", bytesOf("second"), "application/json"), "a/b.json");
      equal(textOf(await origin.read("a/b.json")), "first");
    });

    it("takes the same content from many at once", async () => {
      await using setting = await open();
      const { origin } = setting;
      await Promise.all(Array.from({ length: 8 }, () => origin.put("a/b.json", bytesOf("same"), "application/json")));
      equal(textOf(await origin.read("a/b.json")), "same");
      deepEqual(await origin.names("a"), ["a/b.json"]);
    });

    it("replaces a document as a whole", async () => {
      await using setting = await open();
      const { origin } = setting;
      await origin.replace("catalogue/index.json", bytesOf("a long first version"), "application/json");
      await origin.replace("catalogue/index.json", bytesOf("second"), "application/json");
      equal(textOf(await origin.read("catalogue/index.json")), "second");
    });

    it("names all there is below a folder, however much, and nothing else", async () => {
      await using setting = await open();
      const { origin } = setting;
      deepEqual(await origin.names("catalogue"), []);
      const names = Array.from({ length: 23 }, (_, at) => `catalogue/${at % 2 === 0 ? "" : "deep/"}show-${at}.json`);
      for (const each of names) await origin.put(each, bytesOf(each), "application/json");
      await origin.put("media/ab/x.webp", bytesOf("x"), "image/webp");
      await origin.put("catalogue-of-others/x.json", bytesOf("x"), "application/json");
      deepEqual((await origin.names("catalogue")).toSorted(), names.toSorted());
    });

    it("ends names, and those that are not there too", async () => {
      await using setting = await open();
      const { origin } = setting;
      await origin.put("a/b.json", bytesOf("b"), "application/json");
      await origin.put("a/c.json", bytesOf("c"), "application/json");
      await origin.remove(["a/b.json", "a/never.json"]);
      await origin.remove(["a/b.json"]);
      equal(await origin.read("a/b.json"), undefined);
      deepEqual(await origin.names("a"), ["a/c.json"]);
    });

    for (const wrong of ["../keys.json", "a/../../keys.json", "/etc/passwd.txt", "a//b.json", "a", "a/.hidden", ""]) {
      it(`refuses ${JSON.stringify(wrong)} as a name`, async () => {
        await using setting = await open();
        const { origin } = setting;
        await rejects(origin.put(wrong, bytesOf("x"), "text/plain"), RangeError);
        await rejects(origin.replace(wrong, bytesOf("x"), "text/plain"), RangeError);
        await rejects(origin.read(wrong), RangeError);
        await rejects(origin.remove([wrong]), RangeError);
      });
    }
  });
}
