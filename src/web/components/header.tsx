// The top of every page: the sign, the place, the search, the parts of the site. On phones the parts are tabs at the lower edge.

import { t } from "../messages.ts";
import type { Where } from "../where.ts";
import { Icon } from "./icon.tsx";
import { PlaceButton, type PlaceChoice } from "./place-panel.tsx";
import { SearchField } from "./search-field.tsx";

/** The parts of the site; the header points at all but help. */
export type SitePart = "shows" | "venues" | "sell" | "account" | "help";

const links: readonly { part: Exclude<SitePart, "help">; href: string }[] = [
  { part: "shows", href: "/" },
  { part: "venues", href: "/venues" },
  { part: "sell", href: "/sell" },
  { part: "account", href: "/account/orders" },
];

export function Header(props: { part?: SitePart; place?: PlaceChoice; search: boolean; text?: string }) {
  return (
    <header class="site-header">
      <div class="wrap wide site-header-row">
        <a class="logo" href="/">
          <Logo />
          <span>{t.site}</span>
        </a>
        {props.place && <PlaceButton where={props.place.where} />}
        {props.search && (
          <Search
            {...(props.place ? { where: props.place.where } : {})}
            {...(props.text ? { text: props.text } : {})}
          />
        )}
        <nav class="site-nav" aria-label={t.nav.label}>
          <ul>
            {links.map((link) => (
              <li key={link.part}>
                <a href={link.href} {...(props.part === link.part ? { "aria-current": "page" as const } : {})}>
                  <Icon name={link.part} />
                  <span>{t.nav[link.part]}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** In the row where there is room; else behind a button, as a panel over the page. Neither needs scripts. */
function Search({ where, text }: { where?: Where; text?: string }) {
  return (
    <>
      <form id="site-search" class="site-search" role="search" method="get" action="/" popover="auto">
        {Object.entries(where?.query ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SearchField {...(text ? { value: text } : {})} />
      </form>
      <button type="button" class="site-search-open" popovertarget="site-search" aria-label={t.search.open}>
        <Icon name="search" />
      </button>
    </>
  );
}

function Logo() {
  return (
    <svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true">
      <g transform="rotate(-8 16 16)">
        <path
          class="logo-ticket"
          d="M3 9a3 3 0 0 1 3-3h20a3 3 0 0 1 3 3v3.4a3.7 3.7 0 0 0 0 7.2V23a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3v-3.4a3.7 3.7 0 0 0 0-7.2z"
        />
        <path class="logo-letter" d="M10.2 21.2V11l5.8 6.2 5.8-6.2v10.2" fill="none" />
      </g>
    </svg>
  );
}
