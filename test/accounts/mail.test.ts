import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { createOutbox, type OutboxEntry } from "../../src/store/outbox.ts";
import { createMailJob } from "../../src/workers/mail.ts";
import { letterOf } from "../../src/documents/letters.ts";
import { createMailTransport } from "../../src/workers/mail-transport.ts";
import { publicUrl } from "./http-setting.ts";
import { createSetting, person, start, type Setting } from "./setting.ts";

const order = {
  orderId: "order-0000-0000-0001",
  secret: "s3cret_of-the-order",
  email: "ada@example.org",
  name: "Ada <b>Lovelace</b>",
  showTitle: "Tom & Jerry",
  venueName: "Odeon Denver",
  startsAt: start + 7 * 3_600_000,
  timeZone: "America/Denver",
  seats: ["C-7", "C-8"],
  totalMinor: 2_950,
  currency: "USD",
};
const confirmed: OutboxEntry = { id: "17-42-order-confirmed", kind: "order-confirmed", body: order };

/** An SMTP server that refuses the first `refusals` mails. */
async function startSmtp(refusals: number) {
  const received: ParsedMail[] = [];
  let left = refusals;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      void simpleParser(stream).then((mail) => {
        left -= 1;
        if (left >= 0) return done(Object.assign(new Error("come back later"), { responseCode: 451 }));
        received.push(mail);
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

function mailing(setting: Setting, mail: string, given: Partial<Parameters<typeof createMailJob>[0]> = {}) {
  const { clock, folder, store } = setting;
  const transport = createMailTransport({
    mail,
    mailFrom: "Marquee <tickets@example.org>",
    folder: join(folder, "mail"),
  });
  const complaints: string[] = [];
  const complain = (facts: object, text: string) => void complaints.push(`${text}: ${JSON.stringify(facts)}`);
  const log = { error: complain, warn: complain };
  const outbox = createOutbox(store.db);
  const job = createMailJob({ outbox, transport, clock, log, publicUrl, ...given });
  const run = () => job.run(new AbortController().signal);
  return { outbox, run, complaints, [Symbol.dispose]: () => transport.close() };
}

test("a mail that the server refuses at first is sent once when it accepts it, and never again", async () => {
  await using setting = await createSetting();
  await using smtp = await startSmtp(1);
  using mail = mailing(setting, smtp.url);
  assert.equal(await mail.outbox.enqueue(confirmed, setting.clock()), true);
  assert.equal(await mail.outbox.enqueue(confirmed, setting.clock()), false);
  await mail.run();
  assert.equal(smtp.received.length, 0);
  assert.equal(mail.complaints.length, 1);
  await mail.run();
  assert.equal(smtp.received.length, 0, "not before its time");
  setting.pass(30_000);
  await mail.run();
  assert.equal(smtp.received.length, 1);
  assert.equal(await mail.outbox.waiting(), 0);
  setting.pass(86_400_000);
  await mail.run();
  assert.equal(await mail.outbox.enqueue(confirmed, setting.clock()), false, "what was sent is not sent again");
  await mail.run();
  assert.equal(smtp.received.length, 1);
  const kept = await setting.store.db.selectFrom("outbox").selectAll().executeTakeFirstOrThrow();
  assert.equal(kept.body, "{}", "no secret is kept longer than needed");
});

test("the tickets' mail says what was bought, on the venue's clock, with a link that opens the order", async () => {
  await using setting = await createSetting();
  await using smtp = await startSmtp(0);
  using mail = mailing(setting, smtp.url);
  await mail.outbox.enqueue(confirmed, setting.clock());
  await mail.run();
  const [received] = smtp.received;
  assert.ok(received && received.to && !Array.isArray(received.to));
  assert.deepEqual(received.to.value[0], { name: "Ada <b>Lovelace</b>", address: "ada@example.org" });
  assert.equal(received.from?.text, '"Marquee" <tickets@example.org>');
  assert.equal(received.subject, "Your tickets: Tom & Jerry, Sun, Nov 22, 7:30 PM");
  assert.match(received.messageId ?? "", /^<[0-9a-f]{32}@tickets\.example\.org>$/);
  assert.equal(received.date?.getTime(), start);
  const link = "https://tickets.example.org/orders/order-0000-0000-0001?key=s3cret_of-the-order";
  for (const part of ["Sunday, November 22, 2026 at 7:30 PM MST", "Odeon Denver", "C-7, C-8", "$29.50", link]) {
    assert.ok(received.text?.includes(part), part);
    assert.ok(received.html && received.html.includes(part), part);
  }
  assert.ok(received.html && received.html.includes("Tom &amp; Jerry") && !received.html.includes("<b>"));
});

test("every kind of mail has a letter", () => {
  const base = { ...order, seats: ["C-7"] };
  const letters = [
    letterOf({ kind: "order-refunded", body: { ...base, amountMinor: 1_475 } }, publicUrl),
    letterOf({ kind: "showing-cancelled", body: { ...base, amountMinor: 1_475, reason: "No power." } }, publicUrl),
    letterOf({ kind: "showing-cancelled", body: base }, publicUrl),
    letterOf({ kind: "order-moved", body: { ...base, left: ["A-1"] } }, publicUrl),
    letterOf({ kind: "order-moved", body: { ...base, left: ["A-1"], language: "es" } }, publicUrl),
    letterOf(
      {
        kind: "invitation",
        body: { secret: "x", email: "sam@example.org", role: "box-office", sellerName: "Odeon", expiresAt: start },
      },
      publicUrl,
    ),
    letterOf(
      { kind: "password-reset", body: { secret: "y", email: "ada@example.org", name: "Ada", expiresAt: start } },
      publicUrl,
    ),
  ];
  const [refunded, cancelled, free, moved, movedEs, invited, forgotten] = letters.map((letter) => letter.text);
  assert.match(refunded ?? "", /Seat: +C-7[\s\S]*Refunded: +\$14\.75/);
  assert.match(cancelled ?? "", /does not take place[\s\S]*Reason: +No power\.[\s\S]*Refunded: +\$14\.75/);
  assert.ok(!free?.includes("Refunded") && !free?.includes("Reason"));
  assert.match(moved ?? "", /moved to other seats[\s\S]*Seat: +C-7[\s\S]*Instead of: +A-1[\s\S]*nothing is charged/);
  assert.match(movedEs ?? "", /Asiento: +C-7[\s\S]*En lugar de: +A-1/);
  assert.match(invited ?? "", /You are invited to join Odeon as box office staff/);
  assert.match(invited ?? "", /https:\/\/tickets\.example\.org\/invitations\?key=x\n/);
  assert.match(forgotten ?? "", /Hello Ada,[\s\S]*https:\/\/tickets\.example\.org\/reset-password\?key=y\n/);
});

test("without a mail server mails are files, and an invitation's link opens it", async () => {
  await using setting = await createSetting();
  using mail = mailing(setting, "");
  const olga = await person(setting, "olga");
  const sam = await person(setting, "sam");
  const seller = await setting.accounts.openSeller(olga.id, { name: "Odeon", currency: "USD" });
  await setting.accounts.invite(seller.id, { email: "sam@example.org", role: "manager", actor: olga.id });
  await mail.run();
  const folder = join(setting.folder, "mail");
  const files = readdirSync(folder).filter((file) => /^invitation-[0-9a-z]{26}\.eml$/.test(file));
  assert.equal(files.length, 1);
  const written = await simpleParser(readFileSync(join(folder, files[0] ?? "")));
  assert.match(written.text ?? "", /olga invites you to join Odeon as a manager/);
  const secret = /key=(\w{52})/.exec(written.text ?? "")?.[1] ?? "";
  assert.equal((await setting.accounts.acceptInvitation(sam.id, secret)).role, "manager");
});

test("two workers never send the same mail, and what one leaves behind the other sends after a while", async () => {
  await using setting = await createSetting();
  const outbox = createOutbox(setting.store.db);
  for (let count = 0; count < 50; count += 1) await outbox.enqueue({ ...confirmed, id: `mail-${count}` }, start);
  const take = () => outbox.takeDue({ now: setting.clock(), leaseMs: 60_000, limit: 20 });
  const taken = (await Promise.all([take(), take(), take(), take()])).flat();
  assert.equal(taken.length, 50);
  assert.equal(new Set(taken.map(({ id }) => id)).size, 50);
  setting.pass(60_000);
  const again = await take();
  assert.equal(again.length, 20);
  assert.equal(again[0]?.attempts, 2);
});

test("a mail that nobody accepts is given up after five days and stays to be seen", async () => {
  await using setting = await createSetting();
  using mail = mailing(setting, "smtp://127.0.0.1:1");
  await mail.outbox.enqueue(confirmed, setting.clock());
  for (let count = 0; count < 40; count += 1) {
    await mail.run();
    setting.pass(6 * 3_600_000);
  }
  assert.match(mail.complaints.at(-1) ?? "", /given up/);
  assert.equal(mail.complaints.length, 21);
  assert.equal(await mail.outbox.waiting(), 1);
});

test("a mail that cannot be written does not hold up the others", async () => {
  await using setting = await createSetting();
  await using smtp = await startSmtp(0);
  using mail = mailing(setting, smtp.url);
  const broken = { ...order, timeZone: "Nowhere/Never" };
  await mail.outbox.enqueue({ id: "broken", kind: "order-confirmed", body: broken }, start);
  await mail.outbox.enqueue(confirmed, start);
  await mail.run();
  assert.equal(smtp.received.length, 1);
  assert.equal(await mail.outbox.waiting(), 1);
});

test("a store that goes away between two mails fails the run, not the process", async () => {
  await using setting = await createSetting();
  await using smtp = await startSmtp(0);
  const { promise: gone, resolve: goes } = Promise.withResolvers<void>();
  const outbox = createOutbox(setting.store.db);
  let made = 0;
  using mail = mailing(setting, smtp.url, {
    outbox: {
      ...outbox,
      markDone() {
        goes();
        return Promise.reject(new Error("the store is away"));
      },
    },
    // The second mail's files take until the first mail could not be marked, and a moment longer.
    async attachmentsOf() {
      made += 1;
      if (made === 2) await gone.then(() => setImmediate());
      return [];
    },
  });
  await outbox.enqueue({ ...confirmed, id: "first" }, start);
  await outbox.enqueue({ ...confirmed, id: "second" }, start);
  await assert.rejects(mail.run(), /the store is away/);
  assert.equal(smtp.received.length, 2, "the other mail is sent all the same");
});
