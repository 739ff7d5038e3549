// What is written for containers and operators names only what exists: nobody here runs it each time.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isFleet, readConfig } from "../../src/config.ts";
import { root } from "../tidy/sources.ts";

const read = (name: string) => readFileSync(join(root, "deploy", name), "utf8");
/** `  NAME: value` of a YAML file, without quotes, with words of `.env` filled in. */
const entriesOf = (text: string, prefix: string) =>
  [...text.matchAll(new RegExp(`^ +(${prefix}[A-Z_0-9]+): (.*)$`, "gm"))].map(([, name = "", value = ""]) => {
    const filled = value.replaceAll(/\$\{[A-Z_]+:\?\}/g, "https://some.example").replaceAll(/^"|"$/g, "");
    return [name, name === "MARQUEE_DATABASE" ? filled.replace("https://some.example", "secret") : filled] as const;
  });
const byName = (a: string, b: string) => a.localeCompare(b);

test("the settings of the containers are settings of Marquee, and make a fleet", () => {
  const config = readConfig({ data: "/data" }, Object.fromEntries(entriesOf(read("compose.yaml"), "MARQUEE_")));
  assert.equal(isFleet(config), true);
  const image = [...read("Dockerfile").matchAll(/(MARQUEE_[A-Z_]+)=(\S+)/g)];
  assert.equal(readConfig({}, Object.fromEntries(image.map(([, name, value]) => [name, value]))).host, "0.0.0.0");
});

test("the image takes along what exists, and the build sees all of it", () => {
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, names = ""]) =>
    names.split(" "),
  );
  assert.ok(copied.includes("src") && copied.includes("lua"));
  assert.deepEqual(
    copied.filter((name) => !existsSync(join(root, name))),
    [],
  );
  const sent = new Set(read("Dockerfile.dockerignore").split("\n"));
  assert.deepEqual(
    copied.filter((name) => !sent.has(`!${name}`)),
    [],
  );
});

test("every word that nginx.conf leaves open is explained on top of it and filled in for the containers", () => {
  const text = read("nginx.conf");
  const open = [...new Set([...text.matchAll(/\$\{(EDGE_[A-Z]+)\}/g)].map(([, name]) => name ?? ""))].toSorted(byName);
  const explained = [...text.matchAll(/^# {3}(EDGE_[A-Z]+) /gm)].map(([, name]) => name ?? "").toSorted(byName);
  const filled = entriesOf(read("compose.yaml"), "EDGE_").map(([name]) => name);
  assert.deepEqual(explained, open);
  assert.deepEqual(filled.toSorted(byName), open);
});

test("files that the containers mount are there, but for what belongs to the operator", () => {
  const mounted = [...read("compose.yaml").matchAll(/- \.\/([^:]+):/g)].map(([, name = ""]) => name);
  assert.deepEqual(
    mounted.filter((name) => !existsSync(join(root, "deploy", name))),
    ["certificate.pem", "certificate-key.pem"],
  );
});
