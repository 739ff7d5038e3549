// The project's own source files, parsed, for the rules of tidy.test.ts.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface SourceFunction {
  name: string;
  /** 1 is the first line. */
  line: number;
  /** Its own: those of functions inside it count for these. */
  lines: number;
}

export interface SourceFile {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
  lines: number;
  /** Files of the project that it imports, as paths from the root; `typeOnly` vanishes at run time. */
  imports: readonly { path: string; typeOnly: boolean }[];
  /** Packages and node: modules. */
  packages: readonly string[];
  hasDefaultExport: boolean;
  functions: readonly SourceFunction[];
  /** `Date.now`, `process.env`, …: every member of an identifier, by line; `new Date` for one without arguments. */
  members: readonly { name: string; line: number }[];
}

const folders = ["bin", "src", "migrations", "demo", "bench", "test"];

/** All files of the project that are code. */
export function readSources(): readonly SourceFile[] {
  return folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => /\.(?:ts|tsx|mjs)$/.test(path))
    .map((path) => readSource(relative(root, path).replaceAll("\\", "/")));
}

/** Paths of everything below a folder; none if it does not exist. */
export function filesBelow(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** A piece of a syntax tree. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineOf = lineFinder(text);
  const functions: SourceFunction[] = [];
  const members: { name: string; line: number }[] = [];
  const imports: { path: string; typeOnly: boolean }[] = [];
  const packages: string[] = [];
  let hasDefaultExport = false;
  const addImport = (specifier: string, typeOnly: boolean) => {
    if (specifier.startsWith(".")) {
      const target = relative(root, resolve(root, dirname(path), specifier)).replaceAll("\\", "/");
      imports.push({ path: target, typeOnly });
    } else packages.push(specifier);
  };
  for (const entry of module.staticImports) {
    const typeOnly = entry.entries.length > 0 && entry.entries.every((name) => name.isType);
    addImport(entry.moduleRequest.value, typeOnly);
  }
  for (const entry of module.staticExports) {
    const from = entry.entries[0]?.moduleRequest?.value;
    if (from !== undefined)
      addImport(
        from,
        entry.entries.every((name) => name.isType),
      );
  }
  walk(program as unknown as Node, undefined, (node, parent) => {
    const line = lineOf(node.start);
    if (isFunction(node)) {
      const own = lineOf(node.end) - line + 1 - linesOfInner(node, lineOf);
      functions.push({ name: nameOf(node, parent), line, lines: own });
    }
    if (node.type === "ImportExpression") {
      const source = node["source"] as Node;
      if (typeof source["value"] === "string") addImport(source["value"], false);
    }
    if (node.type === "ExportDefaultDeclaration") hasDefaultExport = true;
    const member = memberOf(node);
    if (member) members.push({ name: member, line });
  });
  return { path, text, lines: lineOf(text.length - 1), imports, packages, hasDefaultExport, functions, members };
}

function memberOf(node: Node): string | undefined {
  if (node.type === "NewExpression" && (node["arguments"] as unknown[]).length === 0) {
    return `new ${String((node["callee"] as Node)["name"])}`;
  }
  if (node.type !== "MemberExpression") return undefined;
  const object = node["object"] as Node;
  const property = node["property"] as Node;
  return object.type === "Identifier" ? `${String(object["name"])}.${String(property["name"])}` : undefined;
}

export const isFunction = (node: Node) => /Function/.test(node.type) && Boolean(node["body"]);

/** Whole lines that functions directly inside a function take. */
function linesOfInner(node: Node, lineOf: (offset: number) => number): number {
  let lines = 0;
  const look = (inner: Node) => {
    if (isFunction(inner)) lines += lineOf(inner.end) - lineOf(inner.start);
    else for (const child of childrenOf(inner)) look(child);
  };
  for (const child of childrenOf(node)) look(child);
  return lines;
}

function nameOf(node: Node, parent: Node | undefined): string {
  const own = (node["id"] as Node | null)?.["name"] ?? (parent?.["id"] as Node | undefined)?.["name"];
  const key = (parent?.["key"] as Node | undefined)?.["name"];
  const name = own ?? key;
  return typeof name === "string" ? name : "a function without a name";
}

/** Visits a piece and everything inside it, from the outside in. */
export function walk(
  node: Node,
  parent: Node | undefined,
  visit: (node: Node, parent: Node | undefined) => void,
): void {
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, node, visit);
}

/** What a piece consists of. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value): value is Node => value !== null && typeof value === "object" && "type" in value);
}

/** Answers the line of an offset; the first is 1. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let index = text.indexOf("\n"); index !== -1; index = text.indexOf("\n", index + 1)) starts.push(index + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
