// `npm run check`: types, lint, format, dead code and the house's rules, at once. Prints what failed, and how long each took.
import { spawn } from "node:child_process";

const checks = [
  ["types", "tsc", ["--noEmit"]],
  ["lint", "oxlint", ["--type-aware", "--deny-warnings"]],
  ["format", "oxfmt", ["--check"]],
  ["dead code", "knip", ["--no-progress"]],
  ["rules", process.execPath, ["--import", "./bin/tsx-hook.mjs", "--test", "test/tidy.test.ts"]],
];

const outcomes = await Promise.all(checks.map(([name, command, options]) => run(name, command, options)));
for (const { name, code, seconds, output } of outcomes) {
  console.log(`${code === 0 ? "ok  " : "FAIL"}  ${name}, ${seconds} s`);
  if (code !== 0) console.log(output);
}
process.exitCode = outcomes.every(({ code }) => code === 0) ? 0 : 1;

function run(name, command, options) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, options, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    const end = (code) => resolve({ name, code, output, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
    child.on("error", (error) => {
      output += error.message;
      end(1);
    });
    child.on("close", end);
  });
}
