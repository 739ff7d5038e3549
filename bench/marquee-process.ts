// Marquee over a data folder, for measuring: no limits by address, no log.

import { readConfig } from "../src/config.ts";
import { openApp } from "../src/app.ts";

const [data = "", constantBytes = "0"] = process.argv.slice(2);
const flags = { data, port: "0", "writes-per-minute": "0", "max-seats-per-network": "0", "log-level": "error" };
const app = await openApp(readConfig(flags, {}));

// The server's own limit: the same hooks and headers around a constant buffer.
const body = Buffer.alloc(Number(constantBytes), "x");
app.server.get("/bench/constant", { schema: { hide: true } }, (_request, reply) =>
  reply.type("text/html; charset=utf-8").send(body),
);

const url = await app.listen();
process.on("message", (message: { question: string }) => {
  if (message.question === "caught up") void app.caughtUp().then(() => process.send?.({ answer: true }));
  if (message.question === "memory") process.send?.({ answer: process.memoryUsage() });
});
process.on("SIGTERM", () => void app.close().then(() => process.exit(0)));
process.send?.({ url });
