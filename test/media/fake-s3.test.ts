import { equal } from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { startFakeS3 } from "./fake-s3.ts";

/** The example of Amazon's own documentation ("Authorization Header: Single Chunk", GET Object): known key, date and signature. */
const documented = {
  host: "examplebucket.s3.amazonaws.com",
  range: "bytes=0-9",
  "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "x-amz-date": "20130524T000000Z",
  authorization:
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
    "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
    "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
};

const told: [what: string, change: object, status: number][] = [
  ["accepts the documented signature", {}, 404],
  ["refuses it for another header than was signed", { range: "bytes=0-8" }, 403],
  ["refuses it for another host", { host: "examplebucket.s3.example.org" }, 403],
];
for (const [what, change, status] of told) {
  test(`the S3 of the tests ${what}`, async () => {
    const fake = await startFakeS3({
      bucket: "examplebucket",
      region: "us-east-1",
      key: "AKIAIOSFODNN7EXAMPLE",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      clock: () => Date.parse("2013-05-24T00:00:00Z"),
    });
    try {
      const answered = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { ...documented, ...change };
        const sent = request(
          { host: "127.0.0.1", port: fake.port, path: "/test.txt", headers, agent: false },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          },
        );
        sent.on("error", reject).end();
      });
      equal(answered, status);
    } finally {
      await fake.close();
    }
  });
}
