import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { suite, test } from "node:test";
import { createS3Content } from "../../src/media/s3.ts";
import { OriginError } from "../../src/media/static-content.ts";
import { openS3 } from "./s3-setting.ts";

const bytes = new TextEncoder().encode("some bytes");
const put = ({ origin }: Pick<Awaited<ReturnType<typeof openS3>>, "origin">) =>
  origin.put("media/ab/abcd.webp", bytes, "image/webp");

suite("content in S3", () => {
  test("is cached for ever by whoever fetches it, a replaced document for seconds", async () => {
    await using setting = await openS3();
    await put(setting);
    await setting.origin.replace("catalogue/index.json", bytes, "application/json");
    deepEqual(setting.fake.objects.get("media/ab/abcd.webp")?.headers, {
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
    });
    const replaced = setting.fake.objects.get("catalogue/index.json")?.headers;
    equal(replaced?.["content-type"], "application/json");
    match(String(replaced?.["cache-control"]), /max-age=5,/);
  });

  test("is not sent again when it is there", async () => {
    await using setting = await openS3();
    await put(setting);
    setting.fake.requests.length = 0;
    await put(setting);
    deepEqual(setting.fake.requests, ["HEAD /posters/media/ab/abcd.webp"]);
  });

  test("is asked for at the bucket's own host if that is the style", async () => {
    await using setting = await openS3();
    const { fake, settings } = setting;
    // No name server knows the bucket's host here: the address that is asked shows in the fault.
    const address = { ...settings.address, style: "virtual" as const, endpoint: `http://s3.invalid:${fake.port}` };
    const origin = createS3Content({ ...settings, address });
    await rejects(origin.read("a/b.json"), /posters\.s3\.invalid/);
  });
});

suite("an S3 that has trouble", () => {
  for (const fault of [500, 503, 429, "reset"] as const) {
    test(`is asked again after ${fault}, later each time`, async () => {
      await using setting = await openS3();
      setting.fake.faults.push(fault, fault, fault);
      equal(await put(setting), "media/ab/abcd.webp");
      equal(setting.fake.objects.size, 1);
      const { waited } = setting.time;
      equal(waited.length, 3);
      ok((waited[2] ?? 0) > (waited[0] ?? 0));
    });
  }

  test("that stays silent is given up on after a while, and asked again", async () => {
    await using setting = await openS3({ attemptMs: 50 });
    setting.fake.faults.push("silence");
    equal(await put(setting), "media/ab/abcd.webp");
  });

  test("that stays away is given up on when the patience ends, with a sentence", async () => {
    await using setting = await openS3({ patienceMs: 5_000 });
    setting.fake.faults.push(...Array.from({ length: 50 }, () => 503));
    const started = setting.time.now;
    await rejects(put(setting), (error) => {
      ok(error instanceof OriginError);
      match(error.message, /^The origin s3:\/\/posters at http:\/\/127\.0\.0\.1:\d+ answered HEAD of media.* with 503/);
      return true;
    });
    ok(setting.time.now - started < 5_000, "retries end within the patience");
  });

  test("that is not there at all is named with what the network says", async () => {
    const setting = await openS3({ patienceMs: 500 });
    await setting[Symbol.asyncDispose]();
    await rejects(put(setting), /does not answer: ECONNREFUSED/);
  });
});

suite("an S3 that refuses us", () => {
  const refused: [what: string, change: Parameters<typeof openS3>[0], says: RegExp][] = [
    ["a wrong secret", { secret: "another" }, /SignatureDoesNotMatch: the secret of the key is another one/],
    ["a key that it does not know", { key: "OTHER" }, /InvalidAccessKeyId: it does not know the key/],
    ["a clock that is 16 minutes late", { clock: () => Date.parse("2026-11-22T18:44:00Z") }, /clock is wrong/],
  ];
  for (const [what, change, says] of refused) {
    test(`because of ${what} is not asked again, and the sentence says why`, async () => {
      await using setting = await openS3(change);
      await rejects(setting.origin.read("a/b.json"), (error) => {
        ok(error instanceof OriginError);
        match(error.message, says);
        doesNotMatch(error.message, /another$|sec\/ret/);
        return true;
      });
      deepEqual(setting.time.waited, []);
      equal(setting.fake.requests.length, 1);
    });
  }

  test("because the bucket does not exist, or is in another region, says so", async () => {
    await using setting = await openS3();
    const { settings } = setting;
    const at = (change: object) => createS3Content({ ...settings, address: { ...settings.address, ...change } });
    await rejects(at({ bucket: "nowhere" }).read("a/b.json"), /there is no such bucket/);
    await rejects(at({ region: "us-west-2" }).read("a/b.json"), /another region/);
    await rejects(at({ region: "us-west-2" }).put("a/b.json", bytes, "text/plain"), OriginError);
  });

  test("is no wonder when the body was changed on the way", async () => {
    await using setting = await openS3();
    const { fake } = setting;
    // What arrives is not what was signed: as a broken proxy would do it.
    const real = globalThis.fetch;
    globalThis.fetch = async (input) => {
      const request = input as Request;
      if (request.method !== "PUT") return real(request);
      return real(new Request(request.url, { method: "PUT", headers: request.headers, body: "other bytes" }));
    };
    try {
      await rejects(put(setting), /XAmzContentSHA256Mismatch/);
    } finally {
      globalThis.fetch = real;
    }
    equal(fake.objects.size, 0);
  });
});
