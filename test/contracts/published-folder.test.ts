import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFolderContent } from "../../src/catalogue/published-folder.ts";
import { publishedContract } from "./published.ts";

publishedContract("in a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "marquee-published-"));
  return {
    open: () => openFolderContent(folder),
    async damage(_key, hash) {
      const file = join(folder, hash.slice(0, 2), `${hash}.gz`);
      await writeFile(file, (await readFile(file, "utf8")).replace("right", "wrong"));
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});
