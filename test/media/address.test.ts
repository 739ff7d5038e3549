import { deepEqual, throws } from "node:assert/strict";
import { suite, test } from "node:test";
import { ConfigError } from "../../src/config.ts";
import { parseOrigin } from "../../src/media/address.ts";
import { openOrigin } from "../../src/media/open.ts";

const s3 = { kind: "s3", bucket: "shows", prefix: "", region: "us-east-1", style: "path" };

const read: [text: string, address: object][] = [
  ["/srv/static", { kind: "folder", folder: "/srv/static" }],
  ["s3://shows?endpoint=https://s3.example.org", { ...s3, endpoint: "https://s3.example.org" }],
  ["s3://shows/?endpoint=http://127.0.0.1:9000", { ...s3, endpoint: "http://127.0.0.1:9000" }],
  [
    "s3://shows/marquee/prod/?endpoint=https://s3.example.org&region=eu-1&style=virtual",
    { ...s3, prefix: "marquee/prod/", endpoint: "https://s3.example.org", region: "eu-1", style: "virtual" },
  ],
  [
    "s3://shows?region=eu-central-1",
    { ...s3, endpoint: "https://s3.eu-central-1.amazonaws.com", region: "eu-central-1" },
  ],
];
const refused: [text: string, says: RegExp][] = [
  ["static", /absolute path/],
  ["", /absolute path/],
  ["ftp://host/folder", /begin with s3:\/\//],
  ["s3://", /3 to 63 lower-case/],
  ["s3://UPPER_case?region=eu-1", /3 to 63 lower-case/],
  ["s3://shows", /needs an endpoint, or the region/],
  ["s3://key:secret@shows?region=eu-1", /settings of their own/],
  ["s3://shows?endpoint=host:9000", /endpoint must be like/],
  ["s3://shows?endpoint=https://host/path", /endpoint must be like/],
  ["s3://shows?endpoint=https://host&style=both", /style is path/],
  ["s3://shows?endpoint=https://host&regoin=eu-1", /takes endpoint, region and style .*"regoin"/],
  ["s3://shows?endpoint=https://host&region=EU West", /region must be like/],
  ["s3://shows/a/%2e%2e/b?region=eu-1x&endpoint=https://h&style=x", /style/],
  ["s3://shows/a b?region=eu-1", /prefix may have/],
];

suite("an origin's address", () => {
  for (const [text, address] of read) test(`${text} is read`, () => deepEqual(parseOrigin(text), address));
  for (const [text, says] of refused) {
    test(`${JSON.stringify(text)} is refused with a sentence`, () => {
      throws(
        () => parseOrigin(text),
        (error) => error instanceof ConfigError && says.test(error.message),
      );
    });
  }
  test("of a bucket without a key is refused", () => {
    const settings = { s3Key: "", s3Secret: "", clock: () => 0, random: (length: number) => new Uint8Array(length) };
    throws(() => openOrigin({ origin: "s3://shows?region=eu-1", ...settings }), /needs a key/);
  });
});
