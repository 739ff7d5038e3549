import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openStore } from "../../src/store/open.ts";
import { storeContract } from "./store.ts";

storeContract("in a SQLite file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "marquee-store-"));
  const open = () => openStore({ kind: "sqlite", file: join(folder, "store.db") });
  const store = open();
  await migrate(store);
  await store.close();
  return { open, dispose: () => rm(folder, { recursive: true, force: true }) };
});
