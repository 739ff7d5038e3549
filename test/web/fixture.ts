// A server with all pages over services in memory, and the little a test needs to use it like a browser without scripts.

import type { Accounts } from "../../src/accounts/accounts.ts";
import { createResponseCache } from "../../src/http/cached.ts";
import { createVisitors } from "../../src/http/context.ts";
import { showingRoutes } from "../../src/http/routes/showings.ts";
import { createServer, type Server } from "../../src/http/server.ts";
import { openWeb } from "../../src/web/open.ts";
import { registerPages } from "../../src/web/register.ts";
import { keyOf, type Person } from "../accounts/signed-up.ts";
import { fixtureAccounts } from "./fixture-accounts.ts";
import { fixtureCatalogue, now } from "./fixture-catalogue.ts";
import { fixtureSales } from "./fixture-sales.ts";

/** Opens a server; `empty` has nothing to sell, `showsMailedLinks` is a demo. `time.now` may be moved. */
export async function openFixture(options: { empty?: boolean; showsMailedLinks?: boolean } = {}) {
  const time = { now };
  const clock = () => time.now;
  let drawn = 0;
  const random = (length: number) => Uint8Array.from({ length }, (_, index) => (drawn += 7 + index) % 256);
  const catalogue = fixtureCatalogue(options.empty);
  const { sales, orders, holds, faults, mark } = fixtureSales(catalogue, clock, random);
  const accounts = fixtureAccounts(random);
  const web = await openWeb();
  const server = await createServer({
    logger: false,
    trustProxy: false,
    secure: false,
    writesPerMinute: 0,
    renderRefusal: web.renderRefusal,
  });
  const visitors = createVisitors(accounts, { secure: false }, random);
  const cache = createResponseCache(clock);
  // What the pages' scripts ask for.
  showingRoutes(server, { catalogue, sales, cache });
  registerPages(server, {
    web,
    catalogue,
    sales,
    accounts,
    visitors,
    clock,
    random,
    cache,
    publicUrl: "http://localhost",
    paymentProvider: "sandbox",
    showsMailedLinks: options.showsMailedLinks ?? false,
  });
  return { server, catalogue, sales, accounts, orders, holds, faults, mark, time };
}

/** A browser without scripts: keeps cookies, follows redirects, sends forms. */
export function visitor(server: Server) {
  const cookies = new Map<string, { value: string; path: string }>();
  async function request(method: "GET" | "POST", url: string, form?: readonly (readonly [string, string])[]) {
    const path = new URL(url, "http://localhost").pathname;
    const cookie = [...cookies]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, kept]) => `${name.split(" ")[0]}=${kept.value}`)
      .join("; ");
    const response = await server.inject({
      method,
      url,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(form ? { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form.map(([name, value]) => [name, value])).toString() } : {}),
    });
    for (const set of response.cookies) {
      const { name, value, path = "/" } = set as { name: string; value: string; path?: string };
      if (value === "") cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
    return { status: response.statusCode, html: response.body, headers: response.headers, url };
  }
  type Page = Awaited<ReturnType<typeof request>>;
  async function follow(page: Page): Promise<Page> {
    const location = page.headers.location;
    return page.status >= 300 && page.status < 400 && location !== undefined
      ? follow(await request("GET", location))
      : page;
  }
  return {
    get: async (url: string) => follow(await request("GET", url)),
    /** Without following a redirect. */
    look: (url: string) => request("GET", url),
    post: async (url: string, form: Readonly<Record<string, string | readonly string[]>>) => {
      const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
      const answer = await request("POST", url, fields);
      return { answer, page: await follow(answer) };
    },
    cookies,
  };
}

/** Makes somebody an account, and goes on to `next` with it. */
export async function signUp(
  { accounts }: { accounts: Pick<Accounts, "register"> },
  browser: Pick<ReturnType<typeof visitor>, "post">,
  person: Person & { next?: string },
) {
  const { path } = await accounts.register(person);
  return browser.post("/sign-up/confirm", { key: keyOf(path), password: person.password });
}

/** The value of a hidden field. */
export function hidden(html: string, name: string): string {
  return new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}

/** The error that a field is described by. */
export function errorOf(html: string, id: string): string {
  return new RegExp(`<p class="field-error" id="${id}-error">([^<]*)</p>`).exec(html)?.[1] ?? "";
}
