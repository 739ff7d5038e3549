#!/usr/bin/env node
// Entry: checks the Node version in a sentence anybody can act on, teaches Node .tsx, then runs src/main.ts.
const major = Number(process.versions.node.split(".")[0]);
if (major < 26) {
  console.error(
    `Marquee needs Node 26 or newer; this is ${process.versions.node}. ` +
      "`npm ci` installs a Node 26 of its own: run `npm start`, or `npx marquee`, instead of a bare `node`.",
  );
  process.exit(78);
}

const { enableCompileCache } = await import("node:module");
enableCompileCache();
await import("./tsx-hook.mjs");
const { main } = await import("../src/main.ts");
await main(process.argv.slice(2));
