// Static content in a folder: `/static/<path>` is the file `<root>/<path>`.

import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId, type RandomBytes } from "../domain/ids.ts";
import type { StaticContent } from "./static-content.ts";

/** Static content below a folder, which is made when it is needed. A file is there whole or not at all. */
export function createFolderContent(root: string, random: RandomBytes): StaticContent {
  return {
    async put(name, bytes) {
      if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z0-9]+$/.test(name)) throw new RangeError(`no name for a file: ${name}`);
      const target = join(root, name);
      const draft = `${target}.${newId(random)}`;
      await mkdir(dirname(target), { recursive: true });
      const file = await open(draft, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, target);
      return name;
    },
  };
}
