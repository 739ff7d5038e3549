import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger } from "../../src/logger.ts";

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = "";
  write(createLogger("trace", { write: (line) => void (text += line) }));
  return text;
}

const secrets: readonly (readonly [what: string, facts: object, message: string, secret: RegExp])[] = [
  ["a password", { body: { password: 'correct "horse"' } }, "", /horse/],
  ["an e-mail address in a field", { buyer: { email: "ada@example.org" } }, "", /ada@/],
  ["an e-mail address in a sentence", {}, "mail to ada.l@mail.example.org failed", /ada\.l@/],
  ["an e-mail address in an error", { err: new Error("550 <ada@example.org> unknown") }, "", /ada@/],
  ["a session cookie", { headers: { cookie: "marquee=0123456789" } }, "", /0123456789/],
  ["a payment token", { payment: { provider: "sandbox", token: "tok_approve" } }, "", /tok_approve/],
  ["a ticket's token in a sentence", {}, "scanned v1.k1.cGF5bG9hZA.c2lnbmF0dXJl", /cGF5bG9hZA/],
  ["an order's key in an address", { url: "/orders/1?key=abcdef" }, "", /abcdef/],
  ["an order's key in a field", { answer: { key: "abcdef" } }, "", /abcdef/],
  ["the mail server's password", {}, "connecting to smtp://user:hunter2@mail.example.org", /hunter2/],
];
for (const [what, facts, message, secret] of secrets) {
  test(`the log never holds ${what}`, () => {
    const line = logged((log) => log.info(facts, message));
    assert.doesNotMatch(line, secret);
    assert.doesNotThrow(() => void JSON.parse(line), "the line is still JSON");
  });
}

test("what is no secret stays in the log, with level and time", () => {
  const line = JSON.parse(
    logged((log) => log.warn({ orderId: "order-1", seats: ["C-7"] }, "the outcome is unknown")),
  ) as object;
  assert.partialDeepStrictEqual(line, {
    level: "warn",
    orderId: "order-1",
    seats: ["C-7"],
    msg: "the outcome is unknown",
  });
  assert.ok("time" in line);
});
