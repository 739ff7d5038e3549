import { doesNotMatch, equal, match } from "node:assert/strict";
import { suite, test } from "node:test";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Poster } from "../../src/web/components/poster.tsx";
import { StaticUrl } from "../../src/web/static-url.ts";

const of = (largest: number, width: number) => `media/ab/ab${"c".repeat(30)}-${largest}/${width}.webp`;
const at = (url: string, poster: VNode) =>
  renderToString(<StaticUrl.Provider value={url}>{poster}</StaticUrl.Provider>);
const attribute = (html: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1];

suite("a poster on a page", () => {
  test("is offered in every width that there is, so that a phone does not fetch a desk's", () => {
    const html = renderToString(<Poster title="M" src={of(960, 640)} size="card" />);
    const widths = [200, 400, 640, 960].map((width) => `/static/${of(960, width)} ${width}w`);
    equal(attribute(html, "srcset"), widths.join(", "));
    match(attribute(html, "sizes") ?? "", /46vw/);
    equal(attribute(html, "src"), `/static/${of(960, 640)}`);
    equal(attribute(html, "loading"), "lazy");
  });

  test("of a small picture is offered in the widths that it has", () => {
    const html = renderToString(<Poster title="M" src={of(400, 400)} />);
    equal(attribute(html, "srcset"), `/static/${of(400, 200)} 200w, /static/${of(400, 400)} 400w`);
    doesNotMatch(renderToString(<Poster title="M" src={of(150, 150)} />), /srcset/);
  });

  test("that was kept before widths were in its address, or is drawn, is offered as it is", () => {
    for (const src of ["media/ab/abcdef-600.webp", "media/ab/abcdef.svg"]) {
      const html = renderToString(<Poster title="M" src={src} />);
      equal(attribute(html, "src"), `/static/${src}`);
      doesNotMatch(html, /srcset|sizes/);
    }
  });

  test("comes from the CDN if there is one", () => {
    const html = at("https://cdn.example.org", <Poster title="M" src={of(400, 400)} />);
    equal(attribute(html, "src"), `https://cdn.example.org/${of(400, 400)}`);
    doesNotMatch(html, /"\/static/);
  });

  test("is its title on a coloured ground where there is none", () => {
    match(
      renderToString(<Poster title="Metropolis" src="" />),
      /<div class="poster poster-drawn [^>]*><span>Metropolis/,
    );
  });
});
