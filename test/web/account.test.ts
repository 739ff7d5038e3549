// The pages about one's account as a browser without scripts uses them, against the whole application.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { t } from "../../src/web/messages.ts";
import { readUserAgent } from "../../src/web/user-agents.ts";
import { openHouse, openShop, signUp, visitor as program, type House } from "../app/setting.ts";
import { keyOf } from "../accounts/signed-up.ts";
import { mailedPath, mailedPaths } from "../app/mail.ts";
import { errorOf, openFixture, signUp as signUpPages, visitor } from "./fixture.ts";

const password = "popcorn and salt";
const wanted = "salt and popcorn";

/** What stands in a field after it was sent. */
const shown = (html: string, name: string) => new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html)?.[0] ?? "";
const shownValue = (html: string, name: string) => /value="([^"]*)"/.exec(shown(html, name))?.[1] ?? "";
const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

suite("the pages about one's account", () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  let people = 0;
  /** A browser whose person just made an account. */
  async function signedUp() {
    people += 1;
    const email = `person-${people}@example.org`;
    const pages = visitor(house.app.server);
    const { page } = await signUpPages(house.app, pages, { name: "Billie", email, password, next: "/account" });
    assert.equal(heading(page.html), t.account.hello("Billie"));
    return { ...pages, email };
  }

  /** The link that was mailed to an address. */
  const mailedLink = (email: string, kind = "password-reset") => mailedPath(join(house.folder, "mail"), kind, email);

  test("whoever is not signed in signs in, or up, and comes back to the page", async () => {
    const pages = visitor(house.app.server);
    for (const path of ["/account", "/account/orders"]) {
      const asked = await pages.look(path);
      assert.deepEqual(
        [asked.status, asked.headers.location],
        [303, `/sign-in?${new URLSearchParams({ next: path })}`],
      );
    }
    const asked = await pages.get("/account/orders");
    assert.match(asked.html, /href="\/sign-up\?next=%2Faccount%2Forders"/);
    const ada = await signedUp();
    const { answer, page } = await pages.post("/sign-in", { email: ada.email, password, next: "/account/orders" });
    assert.deepEqual([answer.status, answer.headers.location], [303, "/account/orders"]);
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.match(page.html, new RegExp(t.account.noOrders));
  });

  test("after signing in nobody is led to another site", async () => {
    const { email } = await signedUp();
    for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]) {
      const { answer } = await visitor(house.app.server).post("/sign-in", { email, password, next });
      assert.equal(answer.headers.location, "/account/orders", next);
    }
  });

  test("a refused form comes back with what was typed, but never with a password", async () => {
    const { email } = await signedUp();
    const pages = visitor(house.app.server);
    const wrong = await pages.post("/sign-in", { email, password: "a guess", next: "/venues" });
    assert.equal(wrong.answer.status, 401);
    assert.match(wrong.page.html, /role="alert"/);
    assert.match(shown(wrong.page.html, "email"), new RegExp(`value="${email}"`));
    assert.match(shown(wrong.page.html, "next"), /value="\/venues"/);
    const nobody = await pages.post("/sign-up", { name: "<Eve", email: "eve", password });
    assert.equal(nobody.answer.status, 400);
    assert.match(shown(nobody.page.html, "email"), /aria-invalid="true"/);
    assert.match(shown(nobody.page.html, "name"), /value="&lt;Eve"/);
    for (const { html } of [wrong.page, nobody.page]) assert.ok(!html.includes(password) && !html.includes("a guess"));
  });

  test("who guesses is told when to come back", async () => {
    const pages = visitor(house.app.server);
    const guess = () => pages.post("/sign-in", { email: "guessed@example.org", password: "a guess" });
    for (let count = 0; count < 10; count += 1) assert.equal((await guess()).answer.status, 401);
    const { answer } = await guess();
    assert.equal(answer.status, 429);
    // Of the minute some seconds went by while the guesses were weighed.
    const seconds = String(answer.headers["retry-after"]);
    assert.match(seconds, /^(?:60|[1-5]\d)$/);
    assert.ok(answer.html.includes(`Try again in ${seconds} seconds.`));
  });

  test("signing in anew and signing out end the session that the browser had", async () => {
    const ada = await signedUp();
    const secret = ada.cookies.get("marquee /")?.value ?? "";
    assert.ok(await house.app.accounts.session(secret));
    const again = visitor(house.app.server);
    again.cookies.set("marquee /", { value: secret, path: "/" });
    await again.post("/sign-in", { email: ada.email, password });
    assert.equal(await house.app.accounts.session(secret), undefined);
    const newer = again.cookies.get("marquee /")?.value ?? "";
    const out = await again.post("/sign-out", {});
    assert.equal(out.answer.headers.location, "/");
    assert.equal(await house.app.accounts.session(newer), undefined);
    assert.equal((await again.look("/account")).status, 303);
  });

  test("all other browsers are signed out at once", async () => {
    const ada = await signedUp();
    assert.ok(!(await ada.get("/account")).html.includes(t.account.endOthers), "there are none");
    const other = visitor(house.app.server);
    await other.post("/sign-in", { email: ada.email, password });
    assert.ok((await ada.get("/account")).html.includes(t.account.endOthers));
    const { page } = await ada.post("/account/sessions/end-others", {});
    assert.ok(page.html.includes(t.account.done.others));
    assert.equal((await other.look("/account")).status, 303);
    assert.equal((await ada.look("/account")).status, 200);
  });

  test("an account is closed by whoever means it and has the password; its tickets stay good", async () => {
    const ada = await signedUp();
    const { page } = await ada.post("/account/close", { password });
    assert.match(page.html, new RegExp(t.account.closeNotSure));
    const wrong = await ada.post("/account/close", { password: "not this one", sure: "yes" });
    assert.equal(wrong.answer.status, 401);
    assert.match(shown(wrong.page.html, "password"), /aria-invalid="true"/);

    const shop = await openShop(house);
    const buyer = program(house);
    await buyer.ask("POST", "/api/v1/session", { email: ada.email, password });
    const hold = await buyer.ask("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, { seats: ["C-7"] });
    const payment = { provider: "sandbox", token: "tok_approve" };
    const id = "closing-order-000001";
    const order = { id, holdId: hold.body["id"], buyer: { email: ada.email, name: "Billie" }, payment };
    const { body: placed } = await buyer.ask("POST", "/api/v1/orders", order);
    assert.equal((await ada.look(`/orders/${id}`)).status, 200);

    const closed = await ada.post("/account/close", { password, sure: "yes" });
    assert.equal(heading(closed.page.html), t.account.closed);
    assert.equal((await ada.look("/account")).status, 303);
    assert.equal((await ada.look(`/orders/${id}`)).status, 404);
    const again = await visitor(house.app.server).post("/sign-in", { email: ada.email, password });
    assert.equal(again.answer.status, 401);
    const guest = visitor(house.app.server);
    assert.match((await guest.get(`/orders/${id}?key=${String(placed["key"])}`)).html, /class="ticket-code"/);
  });

  test("an account is made by the mailed link's button, once, and its holder goes on to where they were headed", async () => {
    const pages = visitor(house.app.server);
    const email = "new@example.org";
    const next = "/account/orders";
    const { answer, page } = await pages.post("/sign-up", { name: "Nell", email, password, next });
    assert.deepEqual([answer.status, heading(page.html)], [200, t.reset.look]);
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.ok(page.html.includes(t.signUp.sent(email)));
    assert.ok(!page.html.includes(password));
    assert.ok(!page.html.includes("/sign-up/confirm"), "the link is in the mail alone");
    const again = { id: shownValue(page.html, "id"), email, next };
    const sentAgain = await pages.post("/sign-up/again", again);
    assert.ok(sentAgain.page.html.includes(t.signUp.sentAgain));
    assert.equal((await pages.post("/sign-up/again", again)).answer.status, 200);
    const tooMany = await pages.post("/sign-up/again", again);
    assert.equal(tooMany.answer.status, 429);
    assert.ok(tooMany.page.html.includes(t.signUp.sent(email)));
    assert.equal((await pages.post("/sign-up/again", { ...again, id: "unknown" })).answer.status, 404);

    const link = await mailedLink(email, "sign-up");
    for (const _ of [1, 2]) assert.ok((await pages.get(link)).html.includes(t.signUp.confirmLead(email)));
    assert.equal((await pages.post("/sign-in", { email, password })).answer.status, 401, "looking makes no account");
    assert.equal(shown((await pages.get(link)).html, "password"), "", "nothing to type where it was asked for");
    const made = await pages.post("/sign-up/confirm", { key: keyOf(link) });
    assert.equal(made.answer.headers.location, next);
    assert.ok(made.page.html.includes(t.account.noOrders));
    const over = await pages.look(link);
    assert.deepEqual([over.status, heading(over.html)], [404, t.reset.over]);
    for (const href of ["/sign-in", "/sign-up"]) assert.ok(over.html.includes(`href="${href}?next=%2Faccount"`));
  });

  test("in another browser the link's page asks for the password that was chosen, and leads who chose none to signing up", async () => {
    const email = "mallory-asked@example.org";
    const next = "/account/orders";
    await visitor(house.app.server).post("/sign-up", { name: "Mallory", email, password, next });
    const link = await mailedLink(email, "sign-up");
    const key = keyOf(link);
    const victim = visitor(house.app.server);
    const asked = await victim.get(link);
    for (const { html } of [asked, (await victim.post("/sign-up/confirm", { key })).page]) {
      assert.match(shown(html, "password"), /type="password"/);
      assert.ok(html.includes(t.signUp.chosenHint) && html.includes(t.signUp.confirmGo));
      assert.ok(html.includes('href="/sign-up?next=%2Faccount%2Forders"'));
    }
    for (const [typed, status, sentence] of [
      ["", 400, t.signUp.chosenMissing],
      ["a guess", 401, t.signUp.chosenWrong],
    ] as const) {
      const { answer } = await victim.post("/sign-up/confirm", { key, password: typed });
      assert.equal(answer.status, status);
      assert.equal(errorOf(answer.html, "password"), sentence);
      assert.ok(!answer.html.includes("a guess"));
    }
    assert.ok(!victim.cookies.has("marquee /"), "nobody is signed in");

    // Whoever reads the mail has an account all the same: by a password of their own.
    await victim.post("/sign-up", { name: "Vera", email, password: wanted, next });
    const own =
      (await mailedPaths(join(house.folder, "mail"), "sign-up", email, 2)).find((path) => path !== link) ?? "";
    const { page } = await victim.post("/sign-up/confirm", { key: keyOf(own) });
    assert.ok(page.html.includes(t.account.noOrders));
    assert.equal((await visitor(house.app.server).post("/sign-in", { email, password })).answer.status, 401);
    const late = await visitor(house.app.server).post("/sign-up/confirm", { key, password });
    assert.equal(heading(late.answer.html), t.signUp.exists);
  });

  test("a mail that was sent again, and the first one, open with a button where they were asked for", async () => {
    const email = "patient@example.org";
    const pages = visitor(house.app.server);
    const { page } = await pages.post("/sign-up", { name: "Pat", email, password });
    await pages.post("/sign-up/again", { id: shownValue(page.html, "id"), email });
    const links = await mailedPaths(join(house.folder, "mail"), "sign-up", email, 2);
    assert.equal(new Set(links).size, 2);
    for (const link of links) assert.equal(shown((await pages.get(link)).html, "password"), "");
    const key = keyOf(links[0] ?? "");
    const elsewhere = await visitor(house.app.server).post("/sign-up/confirm", { key, password });
    assert.equal(elsewhere.answer.headers.location, "/account/orders");
  });

  test("the page for a taken address and for a free one is the same", async () => {
    const ada = await signedUp();
    const ask = async (email: string) => {
      const { answer } = await visitor(house.app.server).post("/sign-up", { name: "Eve", email, password });
      // What tells the time, and how much was asked for so far.
      const own = ["date", "x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset"];
      const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !own.includes(name)));
      const id = shownValue(answer.html, "id");
      assert.match(
        String(headers["set-cookie"]),
        new RegExp(`^marquee-sign-up=${id}; Max-Age=86400; Path=/; HttpOnly;`),
      );
      headers["set-cookie"] = String(headers["set-cookie"]).replace(id, "ID");
      const html = answer.html.replaceAll(email, "ADDRESS").replaceAll(id, "ID");
      return { status: answer.status, headers, html };
    };
    const free = ada.email.replace("person", "nobody");
    assert.deepEqual(await ask(ada.email), await ask(free));
  });

  test("a second link to one address says that there is an account, and leads on after signing in", async () => {
    const email = "twice@example.org";
    const next = "/account/orders";
    const [first, second] = [
      await house.app.accounts.register({ name: "Tess", email, password, next }),
      await house.app.accounts.register({ name: "Tess", email, password, next }),
    ];
    const pages = visitor(house.app.server);
    await pages.post("/sign-up/confirm", { key: keyOf(first.path), password });
    const other = visitor(house.app.server);
    const key = keyOf(second.path);
    for (const html of [
      (await other.get(second.path)).html,
      (await other.post("/sign-up/confirm", { key })).page.html,
    ]) {
      assert.equal(heading(html), t.signUp.exists);
      assert.ok(html.includes('href="/sign-in?next=%2Faccount%2Forders"'));
    }
  });

  test("name and e-mail address change; another address needs the password", async () => {
    const ada = await signedUp();
    const renamed = await ada.post("/account/profile", { name: "Billie B.", place: "" });
    assert.equal(renamed.answer.headers.location, "/account?done=profile");
    assert.match(renamed.page.html, /Hello, Billie B\./);
    const nameless = await ada.post("/account/profile", { name: " ", place: "" });
    assert.equal(nameless.answer.status, 400);
    assert.match(shown(nameless.page.html, "name"), /aria-invalid="true"/);

    const email = ada.email.replace("person", "renamed");
    const change = (typed: string) => ada.post("/account/email", { email, password: typed });
    for (const [typed, status] of [
      ["", 400],
      ["a guess", 401],
    ] as const) {
      const { answer } = await change(typed);
      assert.equal(answer.status, status);
      assert.match(shown(answer.html, "password"), /aria-invalid="true"/);
      assert.match(shown(answer.html, "email"), new RegExp(`value="${email}"`));
    }
    const asked = await change(password);
    assert.ok(asked.page.html.includes(t.account.done.email));
    assert.ok(asked.page.html.includes(t.account.emailWaits(email)));
    assert.match(asked.page.html, new RegExp(`You sign in with ${ada.email}`));
    const link = await mailedLink(email, "email-change");
    const elsewhere = visitor(house.app.server);
    assert.match((await elsewhere.get(link)).html, new RegExp(t.account.emailConfirmGo));
    assert.match(
      (await ada.get("/account")).html,
      new RegExp(`You sign in with ${ada.email}`),
      "looking changes nothing",
    );
    const key = keyOf(link);
    assert.ok((await ada.get(link)).html.includes(t.account.emailConfirmOf(ada.email)));
    assert.equal(shown((await ada.get(link)).html, "password"), "", "the account's own session is enough");
    for (const [typed, status] of [
      ["", 400],
      ["a guess", 401],
    ] as const) {
      const { answer } = await elsewhere.post("/account/email/confirm", { key, password: typed });
      assert.equal(answer.status, status);
      assert.match(shown(answer.html, "password"), /aria-invalid="true"/);
      assert.ok(!answer.html.includes(ada.email), "whoever reads the mail may be anybody");
    }
    const confirmed = await elsewhere.post("/account/email/confirm", { key, password });
    assert.equal(heading(confirmed.page.html), t.signIn.title);
    assert.ok(confirmed.page.html.includes(t.account.done.newEmail));
    const after = (await ada.get("/account")).html;
    assert.match(after, new RegExp(`You sign in with ${email}`));
    assert.ok(!after.includes(t.account.emailWaits(email)));
    assert.equal(heading((await ada.look(link)).html), t.reset.over);
    assert.equal((await ada.look("/account/email")).headers.location, "/account", "loaded again after a refusal");
  });

  test("an address that waits is taken back by a button", async () => {
    const ada = await signedUp();
    const email = ada.email.replace("person", "withdrawn");
    const { page } = await ada.post("/account/email", { email, password });
    assert.match(page.html, /<button[^>]* form="withdraw-email"/);
    const withdrawn = await ada.post("/account/email/withdraw", {});
    assert.ok(withdrawn.page.html.includes(t.account.done.withdrawn));
    assert.ok(!withdrawn.page.html.includes(email));
    assert.equal(heading((await ada.look(await mailedLink(email, "email-change"))).html), t.reset.over);
  });

  test("changing the password signs out everywhere else", async () => {
    const ada = await signedUp();
    const phone = visitor(house.app.server);
    await phone.post("/sign-in", { email: ada.email, password });
    const wrong = await ada.post("/account/password", { present: "a guess", wanted });
    assert.match(shown(wrong.page.html, "present"), /aria-invalid="true"/);
    const weak = await ada.post("/account/password", { present: password, wanted: "short" });
    assert.match(shown(weak.page.html, "wanted"), /aria-invalid="true"/);
    const { page } = await ada.post("/account/password", { present: password, wanted });
    assert.match(page.html, new RegExp(t.account.done.password));
    assert.equal((await phone.look("/account")).status, 303);
  });

  test("another browser is signed out from the list, and nobody else's", async () => {
    const ada = await signedUp();
    const eve = await signedUp();
    const phone = visitor(house.app.server);
    await phone.post("/sign-in", { email: ada.email, password });
    const path = /action="(\/account\/sessions\/[0-9a-f]{64}\/end)"/.exec((await ada.get("/account")).html)?.[1] ?? "";
    assert.equal((await eve.post(path, {})).answer.status, 404);
    assert.equal((await phone.look("/account")).status, 200);
    assert.match((await ada.post(path, {})).page.html, new RegExp(t.account.done.ended));
    assert.equal((await phone.look("/account")).status, 303);
  });

  test("whoever forgot the password chooses a new one by the mailed link, once, and signs in with it", async () => {
    const ada = await signedUp();
    const pages = visitor(house.app.server);
    const asked = await pages.post("/forgot-password", { email: ada.email });
    const unknown = await pages.post("/forgot-password", { email: "unknown@example.org" });
    assert.equal(asked.answer.status, 200);
    assert.equal(asked.page.html, unknown.page.html, "the page does not tell which accounts there are");
    const nonsense = await pages.post("/forgot-password", { email: "billie" });
    assert.match(shown(nonsense.page.html, "email"), /aria-invalid="true"/);

    const link = await mailedLink(ada.email);
    const opened = await ada.get(link);
    assert.deepEqual([opened.headers["cache-control"], opened.headers["referrer-policy"]], ["no-store", "same-origin"]);
    const key = keyOf(link);
    const weak = await ada.post("/reset-password", { key, wanted: "short" });
    assert.equal(weak.answer.status, 422);
    assert.match(shown(weak.page.html, "wanted"), /aria-invalid="true"/);
    const chosen = await ada.post("/reset-password", { key, wanted });
    assert.equal(heading(chosen.page.html), t.signIn.title, "also the browser that was signed in signs in anew");
    assert.match(chosen.page.html, new RegExp(t.reset.done));
    const { page } = await ada.post("/sign-in", { email: ada.email, password: wanted });
    assert.equal(heading(page.html), t.account.orders);
    for (const over of [await pages.look(link), (await pages.post("/reset-password", { key, wanted })).answer]) {
      assert.deepEqual([over.status, heading(over.html)], [404, t.reset.over]);
      assert.match(over.html, /href="\/forgot-password"/);
    }
  });

  test("an order that was just placed is in the list, with what, where and when", async () => {
    const shop = await openShop(house);
    const buyer = program(house);
    const email = "history@example.org";
    await signUp(house, buyer, { email, name: "Billie", password });
    const hold = await buyer.ask("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, { seats: ["C-7", "C-8"] });
    const payment = { provider: "sandbox", token: "tok_approve" };
    const order = { id: "history-order-000001", holdId: hold.body["id"], buyer: { email, name: "Billie" }, payment };
    assert.equal((await buyer.ask("POST", "/api/v1/orders", order)).status, 201);
    const pages = visitor(house.app.server);
    const { page } = await pages.post("/sign-in", { email, password, next: "/account/orders" });
    const parts = [
      t.account.coming,
      "The Long Matinee",
      "Esquire Theatre",
      "7:30 PM",
      "C-7, C-8",
      "2 tickets · $24.00",
    ];
    for (const part of parts) {
      assert.ok(page.html.includes(part), part);
    }
    assert.ok(page.html.includes('href="/orders/history-order-000001"'));
    assert.ok(!page.html.includes(`<h2>${t.account.past}</h2>`));
    const other = await signedUp();
    assert.ok(!(await other.get("/account/orders")).html.includes("The Long Matinee"));
  });

  test("no other site can send these forms, and no cache keeps these pages", async () => {
    const ada = await signedUp();
    const cookies = { marquee: ada.cookies.get("marquee /")?.value ?? "" };
    for (const url of [
      "/sign-in",
      "/sign-up",
      "/sign-up/again",
      "/sign-up/confirm",
      "/account/email/confirm",
      "/account/email/withdraw",
      "/invitations/join",
      "/sign-out",
      "/account/password",
      "/account/email",
      "/account/close",
      "/account/sessions/end-others",
      "/forgot-password",
    ]) {
      const answer = await house.app.server.inject({
        method: "POST",
        url,
        cookies,
        headers: { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" },
        payload: "next=%2F",
      });
      assert.equal(answer.statusCode, 403, url);
    }
    for (const url of ["/account", "/account/orders", "/forgot-password", "/sign-in"]) {
      assert.equal((await ada.look(url)).headers["cache-control"], "no-store", url);
    }
  });
});

test("one's city is one that the catalogue knows, and leads to what is on there", async () => {
  const { server, accounts } = await openFixture();
  const pages = visitor(server);
  await signUpPages({ accounts }, pages, { name: "Ada", email: "ada@example.org", password });
  const unknown = await pages.post("/account/profile", { name: "Ada", place: "Nowhere at all" });
  assert.match(shown(unknown.page.html, "place"), /value="Nowhere at all"[^>]*aria-invalid="true"/);
  const { page } = await pages.post("/account/profile", { name: "Ada", place: "denver" });
  assert.match(shown(page.html, "place"), /value="Denver, CO"/);
  assert.match(page.html, /href="\/\?near=Denver%2C\+CO"/);
  assert.match(page.html, /M[SD]T/, "times are those of that city");
  await server.close();
});

test("a browser is named as people call it", () => {
  const cases: [string, { program?: string; system?: string }][] = [
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      { program: "Chrome", system: "Windows" },
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
      { program: "Edge", system: "Windows" },
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      { program: "Safari", system: "iPhone" },
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/139.0 Mobile/15E148 Safari/604.1",
      { program: "Chrome", system: "iPad" },
    ],
    [
      "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
      { program: "Samsung Internet", system: "Android" },
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", { program: "Firefox", system: "Linux" }],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      { program: "Safari", system: "Mac" },
    ],
    ["curl/8.5.0", { program: "curl" }],
    ["node", {}],
    ["", {}],
    ["<script>alert(1)</script>", {}],
  ];
  for (const [userAgent, named] of cases) assert.deepEqual(readUserAgent(userAgent), named, userAgent);
});
