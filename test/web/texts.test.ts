// Every text of the pages is in every language, and no page has one of its own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { parseSync } from "oxc-parser";
import { faultSentences, type Fault } from "../../src/domain/faults.ts";
import { refusals, type RefusalCode } from "../../src/domain/refusals.ts";
import { english, type Texts } from "../../src/web/texts/en.ts";
import { spanish } from "../../src/web/texts/es.ts";
import { childrenOf, filesBelow, isFunction, lineFinder, root, walk, type Node } from "../tidy/sources.ts";

/** What is the same word in both languages: names, symbols, and what happens to be. */
const sameInBoth = new Set([
  "site",
  "footer.api",
  "times.hours",
  "times.minutes",
  "lines.total",
  "formats.imax",
  "formats.dolby",
  "formats.70mm",
  "formats.3d",
]);

/** What is asked for words or by code. */
const notTexts = new Set(["count", "refusals.title", "refusals.sentence", "refusals.fault"]);

/** Every text by its path, `order.titles.paying`; functions as what they say of 2, 3 and 4. */
function flat(value: unknown, path: string): (readonly [path: string, text: string])[] {
  if (notTexts.has(path)) return [];
  if (typeof value === "function") return [[path, String((value as (...some: number[]) => unknown)(2, 3, 4))]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, path === "" ? name : `${path}.${name}`));
}

const textsOf = (texts: Texts) => new Map(flat(texts, ""));

test("Spanish has the texts that English has, and says each in its own words", () => {
  const [en, es] = [textsOf(english), textsOf(spanish)];
  assert.deepEqual([...es.keys()], [...en.keys()]);
  const same = [...en].filter(([path, text]) => es.get(path) === text && !sameInBoth.has(path));
  assert.deepEqual(same, []);
  assert.deepEqual(
    [...sameInBoth].filter((path) => en.get(path) !== es.get(path)),
    [],
    "differ, so they need no exception",
  );
});

test("every refusal has its words in every language", () => {
  for (const code of Object.keys(refusals) as RefusalCode[]) {
    const refusal = { code, facts: { seats: ["A-1"] }, message: "What lower layers say." };
    assert.equal(english.refusals.sentence(refusal), refusal.message);
    assert.notEqual(spanish.refusals.title(code), english.refusals.title(code));
    assert.match(spanish.refusals.sentence(refusal), /^[A-ZÁÉÍÓÚ¿]/);
    assert.notEqual(spanish.refusals.sentence(refusal), refusal.message);
  }
});

test("every fault has its words in every language", () => {
  const named = { min: 2, max: 3, count: 4, more: 5, section: "MAIN", sections: "MAIN", seat: "A-1", seats: "A-1" };
  const rest = { id: "adult", date: "2026-11-22", time: "19:30", title: "Laura", from: "A-1", to: "A-2" };
  for (const code of Object.keys(faultSentences)) {
    const fault = { code, ...named, ...rest, place: "seatMap", what: "has no seats" } as Fault;
    const [en, es] = [english.refusals.fault(fault), spanish.refusals.fault(fault)];
    assert.notEqual(es, en);
    assert.doesNotMatch(en + es, /undefined/, code);
  }
});

const spoken = new Set([
  "aria-label",
  "placeholder",
  "title",
  "alt",
  "label",
  "hint",
  "caption",
  "lead",
  "text",
  "legend",
]);
/** Of an attribute or a property. */
const nameOf = (node: Node) => {
  const name = (node["name"] ?? node["key"]) as Node;
  return (name["name"] ?? name["value"]) as string;
};

/** Words that an expression itself puts into a page: not those that it hands to functions. */
function wordsOf(node: Node | null | undefined): string[] {
  if (!node) return [];
  const inner = (...names: string[]) => names.flatMap((name) => wordsOf(node[name] as Node));
  switch (node.type) {
    case "Literal":
    case "JSXText":
      return typeof node["value"] === "string" ? [node["value"]] : [];
    case "TemplateLiteral":
      return (node["quasis"] as Node[]).map((part) => (part["value"] as { raw: string }).raw);
    case "ConditionalExpression":
      return inner("consequent", "alternate");
    case "LogicalExpression":
      return node["operator"] === "&&" ? inner("right") : inner("left", "right");
    case "BinaryExpression":
      return node["operator"] === "+" ? inner("left", "right") : [];
    case "JSXExpressionContainer":
      return inner("expression");
    default:
      return [];
  }
}

/** Every text of a file's own: in its elements, in attributes and properties that people read. */
function ownTexts(path: string): { line: number; text: string }[] {
  const source = readFileSync(join(root, path), "utf8");
  const lineOf = lineFinder(source);
  const found: { line: number; text: string }[] = [];
  walk(parseSync(path, source).program as unknown as Node, undefined, (node) => {
    const words =
      node.type === "JSXElement" || node.type === "JSXFragment"
        ? (node["children"] as Node[]).flatMap(wordsOf)
        : node.type === "JSXAttribute" && spoken.has(nameOf(node))
          ? wordsOf(node["value"] as Node | null)
          : node.type === "Property" && spoken.has(nameOf(node))
            ? wordsOf(node["value"] as Node)
            : [];
    for (const text of words) if (/\p{L}{2}/u.test(text)) found.push({ line: lineOf(node.start), text: text.trim() });
  });
  return found;
}

const webFiles = filesBelow(join(root, "src/web")).map((path) => relative(root, path).replaceAll("\\", "/"));

test("no page, component or island has a text of its own", () => {
  const offenders = webFiles
    .filter((path) => path.endsWith(".tsx"))
    .flatMap((path) => ownTexts(path).map(({ line, text }) => `${path}:${line} “${text}”`));
  assert.deepEqual(offenders, [], "texts belong in src/web/texts");
});

test("no text is read while a module loads: it would be English for everybody", () => {
  const offenders: string[] = [];
  for (const path of webFiles.filter((name) => /\.tsx?$/.test(name))) {
    const source = readFileSync(join(root, path), "utf8");
    const lineOf = lineFinder(source);
    const look = (node: Node): void => {
      if (isFunction(node)) return;
      const object = node["object"] as Node | undefined;
      if (node.type === "MemberExpression" && object?.["name"] === "t") offenders.push(`${path}:${lineOf(node.start)}`);
      childrenOf(node).forEach(look);
    };
    look(parseSync(path, source).program as unknown as Node);
  }
  assert.deepEqual(offenders, []);
});
