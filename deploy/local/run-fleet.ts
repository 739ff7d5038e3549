// `npm run fleet`: starts the local fleet, shows how it is, and ends it with one key.

import { parseArgs } from "node:util";
import { demoSignIns } from "../../src/cli/demo-accounts.ts";
import { PackagesMissing, startFleet, type Fleet } from "./fleet.ts";
import { supervise } from "./supervise.ts";

const { values } = parseArgs({
  options: {
    "redis-cluster": { type: "boolean", default: false },
    days: { type: "string", default: "7" },
    port: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** q, Q, Ctrl+C and Ctrl+D: in raw mode the terminal sends no signals. */
const endKeys = new Set([0x71, 0x51, 0x03, 0x04]);
const refreshMs = 1_000;
const { stdin, stdout } = process;

async function run(): Promise<number> {
  if (values.help) {
    stdout.write(
      "npm run fleet [-- --redis-cluster] [-- --days N] [-- --port N]\n\n" +
        "A whole fleet on this machine, in a temporary folder: PostgreSQL with a standby, Redis with a replica (or three masters), the\n" +
        "payment provider, two application processes, two workers, nginx with TLS, and the demo. Whatever is killed is started again.\n" +
        "q or Ctrl+C ends it.\n",
    );
    return 0;
  }
  const stop = Promise.withResolvers<void>();
  process.on("SIGINT", () => stop.resolve());
  process.on("SIGTERM", () => stop.resolve());
  process.on("SIGHUP", () => stop.resolve());
  const starting = startFleet({
    demo: { seed: 1, days: Number(values.days), national: false },
    standby: true,
    redis: values["redis-cluster"] ? "cluster" : "replica",
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    onStep: (step) => void stdout.write(`Starting ${step} …\n`),
  });
  const fleet = await starting;
  stdout.write(`\nOpen ${fleet.url} and accept its certificate.\n\n${demoSignIns().join("\n")}\n\n`);
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.on("data", (keys: Buffer) => {
      if (keys.some((key) => endKeys.has(key))) stop.resolve();
    });
  }
  const restarts = new Map<string, number>();
  const supervisor = supervise(fleet.members, ({ address }) => restarts.set(address, (restarts.get(address) ?? 0) + 1));
  const table = showTable(fleet, restarts);
  await stop.promise;
  table.end();
  await supervisor.end();
  if (stdin.isTTY) stdin.setRawMode(false);
  stdin.pause();
  stdout.write("\nStopping …\n");
  await fleet.stop();
  stdout.write("Everything is stopped, and nothing is left behind.\n");
  return 0;
}

/** Draws the table anew every second where a person looks at it; once, and then only what changes, in a log. */
function showTable(fleet: Fleet, restarts: ReadonlyMap<string, number>): { end(): void } {
  let drawn = 0;
  let last = "";
  const draw = async () => {
    const lines = await tableOf(fleet, restarts);
    const text = lines.join("\n");
    if (text === last) return;
    if (stdout.isTTY && drawn > 0) stdout.write(`\u001B[${drawn}A\u001B[J`);
    stdout.write(`${text}\n`);
    drawn = lines.length;
    last = text;
  };
  let drawing = draw();
  const timer = setInterval(() => {
    drawing = drawing.then(draw);
  }, refreshMs);
  return { end: () => clearInterval(timer) };
}

async function tableOf(fleet: Fleet, restarts: ReadonlyMap<string, number>): Promise<string[]> {
  const rows = await Promise.all(
    fleet.members.map(async ({ role, address, server, trouble }) => {
      const wrong = await trouble();
      const again = restarts.get(address);
      const process = server.running() ? String(server.pid()) : "-";
      return [role, address, process, `${wrong ?? "ok"}${again ? ` (started again ${again} ×)` : ""}`] as const;
    }),
  );
  const whole = [["role", "address", "process", "health"] as const, ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...whole.map((row) => (row[column] ?? "").length)));
  const lines = whole.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", "Kill what you like: it is started again. q ends everything."];
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof PackagesMissing)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 69;
}
