import assert from "node:assert/strict";
import { test } from "node:test";
import { likelyAddress } from "../../src/web/email-typos.ts";

test("an address one slip away from a well-known provider is asked about, and no other", () => {
  const cases: [typed: string, meant: string | undefined][] = [
    ["ann@gmial.com", "ann@gmail.com"],
    ["Ann.B@Gmai.com", "Ann.B@gmail.com"],
    ["ann@gmaill.com", "ann@gmail.com"],
    ["ann@gnail.com", "ann@gmail.com"],
    ["ann@gmail.con", "ann@gmail.com"],
    ["ann@gmail.co", "ann@gmail.com"],
    ["ann@hotmial.com", "ann@hotmail.com"],
    ["ann@yaho.com", "ann@yahoo.com"],
    [" ann@outlok.com ", "ann@outlook.com"],
    ["ann@gmail.com", undefined],
    ["ann@GMAIL.com", undefined],
    ["ann@mail.com", undefined],
    ["ann@ymail.com", undefined],
    ["ann@me.co", undefined],
    ["ann@example.org", undefined],
    ["ann@gmaiiil.com", undefined],
    ["ann", undefined],
    ["", undefined],
  ];
  for (const [typed, meant] of cases) assert.equal(likelyAddress(typed), meant, typed);
});
