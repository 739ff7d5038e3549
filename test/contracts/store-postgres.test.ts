import { after, before } from "node:test";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { migrate, openStore } from "../../src/store/open.ts";
import { storeContract } from "./store.ts";

let server: LocalPostgres;
let made = 0;
const urlOf = (name: string) => server.url.replace(/[^/]*$/, name);

before(async () => {
  server = await startPostgres();
  // In the language of most installations, which sorts unlike bytes.
  await server.sql("create database pattern template template0 locale_provider icu icu_locale 'en-US'");
  const store = openStore({ kind: "postgres", url: urlOf("pattern") });
  await migrate(store);
  await store.close();
});
after(() => server.stop());

storeContract("in PostgreSQL", async () => {
  const name = `store_${(made += 1)}`;
  await server.sql(`create database ${name} template pattern`);
  return {
    open: () => openStore({ kind: "postgres", url: urlOf(name), connections: 4 }),
    dispose: async () => void (await server.sql(`drop database ${name} with (force)`)),
  };
});
