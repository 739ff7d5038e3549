// A fake S3 and an origin in it. Time is the test's own: a pause between retries moves it.

import { countingBytes } from "../accounts/setting.ts";
import { createS3Content, type S3Settings } from "../../src/media/s3.ts";
import { startFakeS3, type FakeS3Options } from "./fake-s3.ts";

const now = Date.parse("2026-11-22T19:00:00Z");

export async function openS3(
  given: Partial<S3Settings> & Pick<Partial<FakeS3Options>, "conditionalWrites"> & { prefix?: string } = {},
) {
  const { conditionalWrites = true, prefix = "", ...change } = given;
  const time = { now, waited: [] as number[] };
  const clock = () => time.now;
  const where = { bucket: "posters", region: "eu-test-1" };
  const who = { key: "KEY", secret: "sec/ret+of=the key" };
  const fake = await startFakeS3({ ...where, ...who, clock, pageSize: 5, conditionalWrites });
  const settings: S3Settings = {
    address: { kind: "s3", ...where, prefix, endpoint: fake.endpoint, style: "path" },
    ...who,
    clock,
    random: countingBytes(),
    async wait(ms) {
      time.waited.push(ms);
      time.now += ms;
    },
    ...change,
  };
  return {
    fake,
    time,
    settings,
    origin: createS3Content(settings),
    [Symbol.asyncDispose]: () => fake.close(),
  };
}
