// The document around every page: head, header, footer, skip link. The same for everybody, so that pages can be cached.

import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Assets } from "./assets.ts";
import { t } from "./messages.ts";

/** The parts of the site that the header points at. */
export type SitePart = "shows" | "venues" | "sell" | "account";

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
  /** The page loads itself again after so many seconds. */
  refreshSeconds?: number;
  /** The page's address never leaves it: for pages with secrets. */
  private?: boolean;
  /** Of the canonical address, for pages with filters in theirs. */
  canonical?: string;
  /** Wider than text wants: for seat maps and tables. */
  wide?: boolean;
}

/** Draws a whole document. */
export type Layout = (options: PageOptions) => string;

/** The layout with the addresses of its assets. */
export function createLayout(assets: Assets): Layout {
  return (options) => `<!doctype html>${renderToString(<Document {...options} assets={assets} />)}`;
}

function Document({ assets, ...options }: PageOptions & { assets: Assets }) {
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <title>{options.title === t.site ? t.site : `${options.title} · ${t.site}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbf9f7" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#131218" media="(prefers-color-scheme: dark)" />
        {options.description && <meta name="description" content={options.description} />}
        {options.private && <meta name="robots" content="noindex" />}
        {options.private && <meta name="referrer" content="same-origin" />}
        {options.refreshSeconds && <meta http-equiv="refresh" content={String(options.refreshSeconds)} />}
        {options.canonical && <link rel="canonical" href={options.canonical} />}
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        <link rel="stylesheet" href={assets.stylesheet} />
        {options.islands?.map((name) => (
          <script key={name} type="module" src={assets.script(name)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <Header {...(options.part ? { part: options.part } : {})} />
        <main id="main" class={options.wide ? "wrap wide" : "wrap"} tabIndex={-1}>
          {options.body}
        </main>
        <Footer />
      </body>
    </html>
  );
}

const links: readonly { part: SitePart; href: string; text: string }[] = [
  { part: "shows", href: "/", text: t.nav.shows },
  { part: "venues", href: "/venues", text: t.nav.venues },
  { part: "sell", href: "/sell", text: t.nav.sell },
  { part: "account", href: "/account", text: t.nav.account },
];

function Header({ part }: { part?: SitePart }) {
  return (
    <header class="site-header">
      <div class="wrap wide site-header-row">
        <a class="logo" href="/">
          <Logo />
          <span>{t.site}</span>
        </a>
        <nav aria-label={t.nav.label}>
          <ul class="site-nav">
            {links.map((link) => (
              <li key={link.part}>
                <a href={link.href} {...(part === link.part ? { "aria-current": "page" as const } : {})}>
                  {link.text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Logo() {
  return (
    <svg class="logo-mark" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <path
        class="logo-ticket"
        d="M4 8a3 3 0 0 1 3-3h18a3 3 0 0 1 3 3v4.2a3.8 3.8 0 0 0 0 7.6V24a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-4.2a3.8 3.8 0 0 0 0-7.6z"
      />
      <path class="logo-letter" d="M10 21.5v-11l6 6.5 6-6.5v11" fill="none" stroke-width="2.8" />
    </svg>
  );
}

function Footer() {
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
              <a href="/sell">{t.footer.sell}</a>
            </li>
            <li>
              <a href="/api/docs">{t.footer.api}</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
