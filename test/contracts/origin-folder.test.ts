import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFolderContent } from "../../src/media/folder.ts";
import { countingBytes } from "../accounts/setting.ts";
import { originContract } from "./origin.ts";

originContract("a folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "marquee-origin-"));
  return {
    origin: createFolderContent(join(folder, "static"), countingBytes()),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
