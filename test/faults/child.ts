// Marquee in a process of its own that kills itself at a failpoint: `child.ts <data folder> [failpoint]`. Prints its address.

import { openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

const [data = "", failpoint] = process.argv.slice(2);
const flags = { data, port: "0", "log-level": "silent", "writes-per-minute": "0", "max-seats-per-network": "0" };
const app = await openApp(readConfig(flags, {}), failpoint === undefined ? {} : { failpoint });
process.stdout.write(`${await app.listen()}\n`);
