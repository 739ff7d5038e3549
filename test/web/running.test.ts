import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { before, suite, test } from "node:test";
import { createRunningPages } from "../../src/web/pages/running.tsx";
import { openWeb, type Web } from "../../src/web/open.ts";
import { show } from "../catalogue/origin-setting.ts";

const name = `ab${"1".repeat(30)}`;
const poster = `media/ab/${name}-640/640.webp`;
const publicUrl = "https://tickets.example.org";

suite("the page of all running shows", () => {
  let web: Web;
  before(async () => {
    web = await openWeb();
  });

  test("has whole addresses only, so that it can be shown by any host", () => {
    const { en: html } = createRunningPages(web, { publicUrl })([show("a", { poster }), show("b")]);
    match(html, /^<!doctype html><html lang="en">/);
    match(html, /<a class="cover" href="https:\/\/tickets\.example\.org\/shows\/a">Title of a<\/a>/);
    match(html, /<link rel="stylesheet" href="https:\/\/tickets\.example\.org\/static\/app\/site-[A-Z0-9]+\.css"/);
    match(html, new RegExp(`srcset="${publicUrl}/static/media/ab/${name}-640/200.webp 200w, `));
    doesNotMatch(html, /="\/|<script|<form/);
    doesNotMatch(html, / (?:href|src)="(?!https:\/\/tickets\.example\.org\/|#)/);
  });

  test("is there in each language, which its links lead to at the site", () => {
    const { en, es } = createRunningPages(web, { publicUrl })([show("a")]);
    match(es, /^<!doctype html><html lang="es">.*<h1>Todo lo que está en cartelera<\/h1>/s);
    match(es, /<link rel="canonical" href="https:\/\/tickets\.example\.org\/\?lang=es"/);
    for (const html of [en, es]) {
      for (const language of ["en", "es"]) match(html, new RegExp(`<a href="${publicUrl}/\\?lang=${language}"`));
    }
  });

  test("takes its posters from the CDN if there is one, and is the same for the same shows", () => {
    const draw = createRunningPages(web, { publicUrl, staticUrl: "https://cdn.example.org" });
    const { en: html } = draw([show("a", { poster })]);
    match(html, new RegExp(`src="https://cdn.example.org/${poster}"`));
    equal(draw([show("a", { poster })]).en, html);
  });

  test("has the 500 most popular ones and says so, however many there are", () => {
    const { en: html } = createRunningPages(web, { publicUrl })(Array.from({ length: 501 }, (_, at) => show(`s${at}`)));
    equal(html.split("<article").length - 1, 500);
    match(html, /The 500 most popular of 501 shows/);
  });

  test("needs no more files than the web has for an origin", () => {
    const { en: html } = createRunningPages(web, { publicUrl })([]);
    const names = [...html.matchAll(/\/static\/(app\/[^"]+)"/g)].map(([, file = ""]) => file);
    const files = new Set(web.assets.files.map((file) => file.name));
    ok(names.length >= 2);
    for (const file of names) ok(files.has(file), file);
  });
});
