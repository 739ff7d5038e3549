// The way around a seller's pages. Written twice, of which one is shown: a list beside the page, and tabs at the lower edge of
// phones with a sheet for what has no tab. Neither needs scripts.

import type { JSX } from "preact";
import type { Right, SignedIn } from "../../../accounts/accounts.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { t } from "../../messages.ts";

/** Whose pages, who looks, and where. */
interface Around {
  seller: { name: string };
  who: SignedIn;
  base: string;
  address: string;
  can(right: Right): boolean;
}

type PageName = keyof typeof t.sell.pages;
type Part = keyof typeof t.sell.parts;

interface Entry {
  name: PageName;
  path: string;
  right: Right;
  icon: IconName;
  part: Part;
}

const entries: readonly Entry[] = [
  { name: "dashboard", path: "", right: "sales", icon: "dashboard", part: "selling" },
  { name: "orders", path: "/orders", right: "orders", icon: "orders", part: "selling" },
  { name: "scan", path: "/scan", right: "scan", icon: "scan", part: "selling" },
  { name: "shows", path: "/shows", right: "list", icon: "shows", part: "programme" },
  { name: "schedule", path: "/schedule", right: "schedule", icon: "calendar", part: "programme" },
  { name: "showings", path: "/showings", right: "orders", icon: "showings", part: "programme" },
  { name: "venues", path: "/venues", right: "list", icon: "venues", part: "programme" },
  { name: "prices", path: "/prices", right: "list", icon: "prices", part: "programme" },
  { name: "members", path: "/members", right: "members", icon: "members", part: "house" },
  { name: "settings", path: "/settings", right: "settings", icon: "settings", part: "house" },
];
const parts: readonly Part[] = ["selling", "programme", "house"];
/** What a phone has at the thumb, in this order; the rest is a tap further. */
const tabs: readonly PageName[] = ["dashboard", "orders", "showings", "scan"];
const mostTabs = 5;

export function SellerNav({ visit, part }: { visit: Around; part: string }) {
  const open = entries.filter(({ right }) => visit.can(right));
  const current = currentOf(open, visit, part);
  const link = (entry: Entry) => <PageLink key={entry.name} entry={entry} base={visit.base} current={current} />;
  const label = t.sell.pagesOf(visit.seller.name);
  return (
    <>
      <nav class="sell-side" aria-label={label}>
        <House visit={visit} />
        <Groups open={open} link={link} />
      </nav>
      <nav class="sell-tabs" aria-label={label}>
        <Tabs visit={visit} open={open} link={link} current={current} />
      </nav>
    </>
  );
}

/** By the address, and where no link leads there by what the page says of itself. */
function currentOf(open: readonly Entry[], { base, address }: Around, part: string): Entry | undefined {
  const here = (address.split("?")[0] ?? "").slice(base.length);
  const named = open.find(({ path }) => path !== "" && (here === path || here.startsWith(`${path}/`)));
  return named ?? open.find(({ path }) => path === part);
}

function PageLink({ entry, base, current }: { entry: Entry; base: string; current: Entry | undefined }) {
  return (
    <li>
      <a href={base + entry.path} {...(entry === current ? { "aria-current": "page" as const } : {})}>
        <Icon name={entry.icon} />
        <span>{t.sell.pages[entry.name]}</span>
      </a>
    </li>
  );
}

/** Whose pages these are, and the way to one's others. */
function House({ visit: { seller, who } }: { visit: Around }) {
  return (
    <div class="sell-house">
      <p class="sell-house-name">{seller.name}</p>
      {who.memberships.length > 1 && <a href="/sell">{t.sell.allSellers}</a>}
    </div>
  );
}

type Links = { open: readonly Entry[]; link(entry: Entry): JSX.Element };

function Groups({ open, link }: Links) {
  return parts.map((part) => {
    const inside = open.filter((entry) => entry.part === part);
    return (
      inside.length > 0 && (
        <div key={part}>
          <p class="sell-part">{t.sell.parts[part]}</p>
          <ul>{inside.map(link)}</ul>
        </div>
      )
    );
  });
}

function Tabs({ visit, open, link, current }: Links & { visit: Around; current: Entry | undefined }) {
  if (open.length <= mostTabs) return <ul class="sell-tabs-row">{open.map(link)}</ul>;
  const shown = tabs.flatMap((name) => open.find((entry) => entry.name === name) ?? []);
  const hidden = current && !shown.includes(current);
  return (
    <>
      <ul class="sell-tabs-row">
        {shown.map(link)}
        <li>
          <button type="button" popovertarget="sell-more" class={hidden ? "sell-tab-here" : ""}>
            <Icon name="more" />
            <span>{t.sell.more}</span>
          </button>
        </li>
      </ul>
      <div id="sell-more" class="sell-sheet" popover="auto">
        <House visit={visit} />
        <Groups open={open.filter((entry) => !shown.includes(entry))} link={link} />
      </div>
    </>
  );
}
