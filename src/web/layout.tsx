// The document around every page: head, header, footer, skip link. The same for everybody, so that pages can be cached.

import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Assets } from "./assets.ts";
import { canopyColour } from "./brand.ts";
import { Notice } from "./components/frames.tsx";
import { Header, type SitePart } from "./components/header.tsx";
import { PlaceLink, PlacePanel, type PlaceChoice } from "./components/place-panel.tsx";
import { addressIn, canonicalIn, languageNames, languages } from "./languages.ts";
import { t } from "./messages.ts";
import { StaticUrl } from "./static-url.ts";

export interface PageOptions {
  /** Of the page; the site's name is added. */
  title: string;
  /** The content of `<main>`; it begins with the page's `<h1>`. */
  body: ComponentChildren;
  description?: string;
  /** Marks a link of the header as the current one. */
  part?: SitePart;
  /** Islands of the page, by file name. */
  islands?: readonly string[];
  /** Further stylesheets of the page, by file name in styles/pages/. */
  styles?: readonly string[];
  /** The page loads itself again after so many seconds. */
  refreshSeconds?: number;
  /** The page's address never leaves it: for pages with secrets. */
  private?: boolean;
  /** Path and query under which the page is drawn like this: what it is read at if left out; without its query if many share it. */
  address?: string;
  /** The one whole address that search engines keep, without a language; `address` if left out. */
  canonical?: string;
  /** Wider than text wants: for seat maps and tables. */
  wide?: boolean;
  /** From edge to edge: the content brings its own `.wrap`. */
  bleed?: boolean;
  /** A step of something, with its own bar at the lower edge of phones: the site's tabs stay away from there. */
  task?: boolean;
  /** Without forms and scripts: another host may show the page. */
  bare?: boolean;
  /** Where the reader looks, and where to change it: for pages that list what is near. */
  place?: PlaceChoice;
  /** What stands in the search field. */
  searched?: string;
  /** What others show of a link to the page. Needs `canonical`. */
  card?: LinkCard;
  /** For machines that read: schema.org. */
  data?: unknown;
}

/** A page as Open Graph and others draw it. */
export interface LinkCard {
  type: "website" | "video.movie";
  /** The whole address of a picture that is no SVG. */
  image?: { address: string; alt: string };
}

/** Draws a whole document. */
export type Layout = (options: PageOptions) => string;

/** The layout with the addresses of its assets, and where static content is put behind; see static-url.ts. */
export function createLayout(assets: Assets, staticUrl: string): Layout {
  return (options) => {
    const document = (
      <StaticUrl.Provider value={staticUrl}>
        <Document {...options} assets={assets} />
      </StaticUrl.Provider>
    );
    return `<!doctype html>${renderToString(document)}`;
  };
}

function Document({ assets, ...options }: PageOptions & { assets: Assets }) {
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <title>{options.title === t.site ? t.site : `${options.title} · ${t.site}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={canopyColour} />
        {options.description && <meta name="description" content={options.description} />}
        {options.private && <meta name="robots" content="noindex" />}
        {options.private && <meta name="referrer" content="same-origin" />}
        {options.refreshSeconds && <meta http-equiv="refresh" content={String(options.refreshSeconds)} />}
        {options.canonical && <Canonical address={options.canonical} />}
        {options.canonical && !options.private && <Card {...options} canonical={options.canonical} assets={assets} />}
        <Files {...options} assets={assets} />
        {options.data !== undefined && (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonInMarkup(options.data) }} />
        )}
      </head>
      <Body {...options} />
    </html>
  );
}

/** What the first view needs stands first: one round trip after the document everything is there. */
function Files({ assets, islands = [], styles = [], ...options }: PageOptions & { assets: Assets }) {
  const scripts = options.bare ? [] : [...new Set([...islands, ...foundIn(options)])];
  return (
    <>
      <link rel="preload" as="font" type="font/woff2" href={assets.font} crossorigin="anonymous" />
      <link rel="stylesheet" href={assets.stylesheet} />
      {styles.map((name) => (
        <link key={name} rel="stylesheet" href={assets.style(name)} />
      ))}
      {scripts.map((name) => (
        <script key={name} type="module" src={assets.script(name)} />
      ))}
      <link rel="icon" type="image/svg+xml" href={assets.icon} />
      <link rel="apple-touch-icon" href={assets.sign(180)} />
      {!options.bare && <link rel="manifest" href={assets.manifest} />}
    </>
  );
}

/** The islands of what the layout itself draws. */
function foundIn({ part, place }: PageOptions): string[] {
  return [...(part === "sell" ? [] : ["suggest"]), ...(place ? ["position"] : [])];
}

function Body(options: PageOptions) {
  const { part, place, searched, bare, task, bleed, wide } = options;
  // Sellers have tabs of their own.
  const tabs = part !== undefined && part !== "sell" && !task;
  return (
    <body class={tabs ? "with-tabs" : ""}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <Header
        search={!bare && part !== "sell"}
        {...(part ? { part } : {})}
        {...(place ? { place } : {})}
        {...(searched ? { text: searched } : {})}
      />
      {place && <PlacePanel {...place} />}
      <main id="main" class={bleed ? "bleed" : wide ? "wrap wide" : "wrap"} tabIndex={-1}>
        {place?.where.unknown && (
          <div class={bleed ? "wrap wide" : ""}>
            <Notice kind="warning">
              <p>
                {t.where.unknown(place.where.unknown)} <PlaceLink text={t.where.choose} />
              </p>
            </Notice>
          </div>
        )}
        {options.body}
      </main>
      <Footer {...(options.address ? { address: options.address } : {})} />
    </body>
  );
}

/** JSON that no text in it ends: `</script>` and `<!--` are written otherwise. */
export function jsonInMarkup(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** How a link to the page looks where somebody shares it. */
function Card(props: PageOptions & { canonical: string; assets: Assets }) {
  const { canonical, card = { type: "website" } } = props;
  const sign = new URL(props.assets.sign(512), canonical).href;
  const image = card.image ?? { address: sign, alt: t.site };
  const og = {
    "og:site_name": t.site,
    "og:type": card.type,
    "og:title": props.title,
    "og:description": props.description ?? "",
    "og:url": canonicalIn(t.language, canonical),
    "og:locale": t.locale.replace("-", "_"),
    "og:image": image.address,
    "og:image:alt": image.alt,
  };
  return (
    <>
      {Object.entries(og).map(([name, value]) => value !== "" && <meta key={name} property={name} content={value} />)}
      <meta name="twitter:card" content={card.image ? "summary_large_image" : "summary"} />
    </>
  );
}

/** The page's own address, and those of the same in other languages. */
function Canonical({ address }: { address: string }) {
  return (
    <>
      <link rel="canonical" href={canonicalIn(t.language, address)} />
      {languages.map((language) => (
        <link key={language} rel="alternate" hreflang={language} href={canonicalIn(language, address)} />
      ))}
      <link rel="alternate" hreflang="x-default" href={address} />
    </>
  );
}

function Footer({ address }: { address?: string }) {
  return (
    <footer class="site-footer">
      <div class="wrap wide site-footer-row">
        <p>{t.footer.promise}</p>
        <nav aria-label={t.footer.label}>
          <ul>
            <li>
              <a href="/help">{t.footer.help}</a>
            </li>
            <li>
              <a href="/terms">{t.footer.terms}</a>
            </li>
            <li>
              <a href="/sell">{t.footer.sell}</a>
            </li>
            <li>
              <a href="/api/docs">{t.footer.api}</a>
            </li>
          </ul>
        </nav>
        {address && <LanguageSwitch address={address} />}
      </div>
    </footer>
  );
}

/** This page in each language; following a link keeps the choice. */
function LanguageSwitch({ address }: { address: string }) {
  return (
    <nav aria-label={t.footer.language}>
      <ul>
        {languages.map((language) => (
          <li key={language}>
            <a
              href={addressIn(language, address)}
              lang={language}
              hreflang={language}
              rel="nofollow"
              {...(language === t.language ? { "aria-current": "true" as const } : {})}
            >
              {languageNames[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
