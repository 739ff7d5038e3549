// The rules of the house, so that nobody has to remember them. docs/architecture.md gives their reasons.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { exitCodeMeanings } from "../src/cli/exit-codes.ts";
import { settings, variableOf } from "../src/config.ts";
import { refusals } from "../src/domain/refusals.ts";
import { filesBelow, readSources, root, type SourceFile } from "./tidy/sources.ts";

const sources = readSources();
const product = sources.filter((file) => !/^(?:test|bench)\//.test(file.path));
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Fails naming every offender, one a line. */
function noneOf(offenders: readonly string[], rule: string): void {
  assert.equal(offenders.length, 0, `${rule}:\n  ${offenders.join("\n  ")}`);
}

/** Layers from the top: a file may import from its own folder and from layers below, never from those above or beside. */
const layers: readonly (readonly string[])[] = [
  ["bin"],
  ["src/main.ts", "src/cli"],
  ["demo"],
  ["src/app.ts", "src/app", "src/installation.ts"],
  ["src/http", "src/web", "src/workers"],
  ["src/sales", "src/accounts", "src/catalogue", "src/media", "src/documents"],
  ["src/inventory", "src/store", "src/payments", "src/bus", "migrations"],
  ["src/group-commit", "src/redis", "src/config.ts", "src/logger.ts", "src/version.ts"],
  ["src/domain"],
];
/** Steps within one layer that are wanted; types alone may come from any part of the same layer. */
const allowedBeside: readonly (readonly [from: string, to: string])[] = [
  ["src/web", "src/http"],
  ["src/main.ts", "src/cli"],
  ["src/app.ts", "src/installation.ts"],
  ["src/app", "src/installation.ts"],
  ["src/app.ts", "src/app"],
  ["src/sales", "src/catalogue"],
  ["src/catalogue", "src/media"],
  ["src/documents", "src/accounts"],
  ["src/group-commit", "src/config.ts"],
];

function placeOf(path: string): { layer: number; part: string } | undefined {
  for (const [layer, parts] of layers.entries()) {
    const part = parts.find((name) => path === name || path.startsWith(`${name}/`));
    if (part !== undefined) return { layer, part };
  }
  return undefined;
}

test("every file of src belongs to a layer", () => {
  noneOf(
    product.filter((file) => !placeOf(file.path)).map((file) => file.path),
    "name the layer in test/tidy.test.ts and docs/architecture.md",
  );
});

test("imports run one way, from the command line down to the domain", () => {
  const offenders: string[] = [];
  for (const file of product) {
    const from = placeOf(file.path);
    for (const target of file.imports) {
      const to = placeOf(target.path);
      if (!from || !to || from.part === to.part || from.layer < to.layer) continue;
      const allowed = allowedBeside.some(([left, right]) => left === from.part && right === to.part);
      const onlyItsTypes = target.typeOnly && from.layer === to.layer;
      if (!allowed && !onlyItsTypes) offenders.push(`${file.path} imports ${target.path}`);
    }
  }
  noneOf(offenders, "against the direction of imports");
});

test("the domain imports nothing but itself", () => {
  noneOf(
    product
      .filter((file) => file.path.startsWith("src/domain/"))
      .flatMap((file) => file.packages.map((name) => `${file.path} imports ${name}`)),
    "the domain is pure",
  );
});

test("pages and the JSON API never import each other's routes", () => {
  const shared = /^src\/http\/(?:server|context|cached|problem)\.ts$/;
  noneOf(
    product.flatMap((file) =>
      file.imports
        .filter(
          ({ path }) =>
            (file.path.startsWith("src/web/") && path.startsWith("src/http/") && !shared.test(path)) ||
            (file.path.startsWith("src/http/") && path.startsWith("src/web/")),
        )
        .map(({ path }) => `${file.path} imports ${path}`),
    ),
    "routes meet only in the composition root",
  );
});

test("only the store and the migrations know Kysely", () => {
  noneOf(
    product
      .filter((file) => !/^(?:src\/store|migrations)\//.test(file.path))
      .filter((file) => file.packages.some((name) => name === "kysely" || name.startsWith("kysely/")))
      .map((file) => file.path),
    "SQL is written in src/store alone",
  );
});

test("only the composition root names back ends", () => {
  const backEnd = /^src\/(?:inventory\/(?:memory|redis)\/|payments\/[a-z-]+\/|store\/open\.ts|bus\/(?!port\.ts))/;
  const compositionRoot = /^src\/(?:app\.ts|app\/|installation\.ts)/;
  const folderOf = (path: string) => path.split("/").slice(0, 3).join("/");
  noneOf(
    product
      .filter((file) => !compositionRoot.test(file.path))
      .flatMap((file) =>
        file.imports
          .filter(({ path, typeOnly }) => !typeOnly && backEnd.test(path) && folderOf(path) !== folderOf(file.path))
          .map(({ path }) => `${file.path} imports ${path}`),
      ),
    "everything else is given the port",
  );
});

test("no imports run in a circle", () => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];
  const visit = (file: SourceFile, trail: readonly string[]) => {
    state.set(file.path, "open");
    for (const { path } of file.imports) {
      const next = byPath.get(path);
      if (!next || state.get(path) === "done") continue;
      if (state.get(path) === "open") circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
      else visit(next, [...trail, path]);
    }
    state.set(file.path, "done");
  };
  for (const file of sources) if (!state.has(file.path)) visit(file, [file.path]);
  noneOf(circles, "imports in a circle");
});

test("no file is longer than 600 lines, and those over 400 are named", (t) => {
  const long = sources.filter((file) => file.lines > 400).map((file) => `${file.path}: ${file.lines} lines`);
  if (long.length > 0) t.diagnostic(`wants splitting: ${long.join(", ")}`);
  noneOf(
    sources.filter((file) => file.lines > 600).map((file) => `${file.path}: ${file.lines} lines`),
    "split these files",
  );
});

test("no function is longer than 70 lines, not counting the functions inside it", () => {
  noneOf(
    product
      .filter((file) => !file.path.startsWith("migrations/"))
      .flatMap((file) =>
        file.functions
          .filter(({ lines }) => lines > 70)
          .map(({ name, line, lines }) => `${file.path}:${line} ${name}: ${lines} lines`),
      ),
    "split these functions",
  );
});

test("nothing is exported as default but where a tool demands it", () => {
  const demanded = new Set(["test/collector.ts"]);
  noneOf(
    sources.filter((file) => file.hasDefaultExport && !demanded.has(file.path)).map((file) => file.path),
    "give it a name",
  );
});

test("only src/config.ts reads the environment", () => {
  noneOf(
    product
      .filter((file) => file.path !== "src/config.ts")
      .flatMap((file) =>
        file.members.filter(({ name }) => name === "process.env").map(({ line }) => `${file.path}:${line}`),
      ),
    "make it a setting",
  );
});

test("what decides is given the time and chance, and never takes them", () => {
  const ambient = new Set(["Date.now", "new Date", "Math.random", "performance.now", "crypto.randomUUID"]);
  noneOf(
    product
      .filter((file) =>
        /^src\/(?:domain|inventory|store|payments|sales|accounts|catalogue|media|documents|workers)\//.test(file.path),
      )
      .flatMap((file) =>
        file.members
          .filter(({ name }) => ambient.has(name))
          .map(({ name, line }) => `${file.path}:${line} uses ${name}`),
      ),
    "pass a Clock or RandomBytes",
  );
});

test("files and folders are named in kebab-case", () => {
  const name = /^(?:\d{4}-)?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d|worker))?$/;
  noneOf(
    sources
      .filter((file) => !file.path.split("/").every((part) => name.test(part.replace(/\.(?:ts|tsx|mjs)$/, ""))))
      .map((file) => file.path),
    "rename these",
  );
});

test("folders are concepts of the product", () => {
  const forbidden = /(?:^|\/)(?:utils?|shared|common|helpers?|types|managers?|misc|lib)(?:\/|\.ts$|\.tsx$)/;
  noneOf(
    sources.filter((file) => forbidden.test(file.path)).map((file) => file.path),
    "say what it is about",
  );
});

test("docs/errors.md lists exactly the codes that Marquee can refuse with, with their status", () => {
  const listed = [...read("docs/errors.md").matchAll(/^### `([a-z_]+)` · (\d{3})$/gm)].map(
    ([, code, status]) => `${code} ${status}`,
  );
  const real = Object.entries(refusals).map(([code, { status }]) => `${code} ${status}`);
  assert.deepEqual(listed.toSorted(), real.toSorted());
});

test("docs/operations.md lists exactly the settings that there are, with their defaults", () => {
  const rows = read("docs/operations.md").matchAll(
    /^\| `(MARQUEE_[A-Z0-9_]+)` \| `--([a-z0-9-]+)` \| `?([^|`]*?)`? \|/gm,
  );
  const listed = [...rows].map(([, variable, flag, fallback]) => `${variable} --${flag} [${fallback}]`);
  const real = Object.values(settings).map(
    (setting) => `${variableOf(setting.flag)} --${setting.flag} [${setting.fallback || "none"}]`,
  );
  assert.deepEqual(listed.toSorted(), real.toSorted());
});

test("docs/operations.md explains every exit code", () => {
  const text = read("docs/operations.md");
  noneOf(
    Object.keys(exitCodeMeanings).filter((code) => !text.includes(`| ${code} |`)),
    "exit codes that are not explained",
  );
});

test("migrations that were shipped stay as they are", () => {
  const frozen = JSON.parse(read("migrations/frozen.json")) as Record<string, string>;
  const names = readdirSync(join(root, "migrations")).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  const hashOf = (name: string) =>
    createHash("sha256")
      .update(read(`migrations/${name}`))
      .digest("hex");
  noneOf(
    [
      ...names
        .filter((name) => frozen[name] !== hashOf(name))
        .map((name) => `${name} has the hash ${hashOf(name)}, not ${frozen[name] ?? "any in frozen.json"}`),
      ...Object.keys(frozen)
        .filter((name) => !names.includes(name))
        .map((name) => `${name} is gone`),
    ],
    "write a new migration instead of changing one (one that was never released is listed in migrations/frozen.json anew)",
  );
});

test("every link from one page of the documentation to a file of the project leads somewhere", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ...filesBelow(join(root, "docs")).map((path) => path.slice(root.length)),
  ];
  const broken: string[] = [];
  for (const page of pages.filter((path) => path.endsWith(".md"))) {
    for (const [, link] of read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
      if (link && !existsSync(join(root, page, "..", link))) broken.push(`${page} links to ${link}`);
    }
  }
  noneOf(broken, "links that lead nowhere");
});

test("decisions are numbered without gaps", () => {
  const numbers = readdirSync(join(root, "docs/decisions")).map((name) => Number(basename(name).slice(0, 3)));
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    numbers.map((_, index) => index + 1),
  );
});
