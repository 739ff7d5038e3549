// Static content in a folder: `/static/<path>` is the file `<root>/<path>`.

import { access, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId, type RandomBytes } from "../domain/ids.ts";
import { checkContentName, isContentName, type Origin } from "./static-content.ts";

/** Static content below a folder, which is made when it is needed. A file is there whole or not at all. */
export function createFolderContent(root: string, random: RandomBytes): Origin {
  async function write(name: string, bytes: Uint8Array): Promise<void> {
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
  }
  return {
    async put(name, bytes) {
      checkContentName(name);
      if (!(await isThere(join(root, name)))) await write(name, bytes);
      return name;
    },
    async replace(name, bytes) {
      checkContentName(name);
      await write(name, bytes);
    },
    async read(name) {
      checkContentName(name);
      return readFile(join(root, name)).catch(undefinedIfAbsent);
    },
    async names(folder) {
      const found = await readdir(join(root, folder), { recursive: true }).catch(undefinedIfAbsent);
      // On Windows the names of folders are joined by "\".
      const names = (found ?? []).map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
      return names.filter(isContentName);
    },
    async remove(names) {
      for (const name of names) {
        checkContentName(name);
        await rm(join(root, name), { force: true });
      }
    },
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
