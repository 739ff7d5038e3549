// The commands of a fleet, run as an operator runs them, over real services.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { freePort } from "../../deploy/local/free-port.ts";
import { startMarquee, type MarqueeProcess } from "../../deploy/local/marquee-process.ts";
import { startPostgres, type LocalPostgres } from "../../deploy/local/postgres.ts";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { librarySource } from "../../src/inventory/redis/library.ts";
import { marquee } from "../cli/marquee.ts";

const secret = "sixteen characters at least";

describe("the commands of a fleet", () => {
  let folder: string;
  let postgres: LocalPostgres;
  let redis: LocalRedis;
  let provider: MarqueeProcess;
  let environment: Record<string, string>;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "marquee-commands-"));
    [postgres, redis, provider] = await Promise.all([
      startPostgres(),
      startRedis(),
      startMarquee({
        name: "provider",
        command: ["sandbox"],
        port: await freePort(),
        folder: join(folder, "provider"),
        environment: { MARQUEE_PAYMENTS_SECRET: secret },
        readyPath: "/healthz",
      }),
    ]);
    environment = {
      MARQUEE_DATABASE: postgres.url,
      MARQUEE_REDIS: redis.url,
      MARQUEE_PAYMENTS: provider.url,
      MARQUEE_PAYMENTS_SECRET: secret,
      MARQUEE_ORIGIN: join(folder, "origin"),
      MARQUEE_KEYS: join(folder, "keys.json"),
      MARQUEE_LOG_LEVEL: "error",
      MARQUEE_DRAIN_MS: "0",
      MARQUEE_PORT: "0",
    };
  });
  after(async () => {
    await Promise.all([postgres.stop(), redis.stop(), provider.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (...args: readonly string[]) => marquee(args, environment);

  /** Starts `serve` or `work`, asks it something when it is ready, and ends it. */
  async function during(command: string, readyPath: string, ask: (url: string) => Promise<void>) {
    const port = await freePort();
    const own = join(folder, command);
    const started = await startMarquee({
      name: command,
      command: [command],
      port,
      folder: own,
      environment,
      readyPath,
    });
    try {
      await ask(started.url);
    } finally {
      await started.stop();
    }
  }

  it("says what is missing before there is anything", async () => {
    const served = await run("serve");
    assert.deepEqual([served.code, served.stdout], [78, ""]);
    assert.match(served.stderr, /^There is no key file .*`marquee migrate` makes one/);
    const operator = await run("operator", "ada@example.org");
    assert.equal(operator.code, 66);
    assert.match(operator.stderr, /`marquee migrate` makes them/);
    const doctor = await run("doctor");
    assert.equal(doctor.code, 1);
    assert.match(doctor.stdout, /^warn {2}The database is empty/m);
    assert.match(doctor.stdout, /^fail {2}There is no key file/m);
  });

  it("makes tables and keys once", async () => {
    const first = await run("migrate");
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /applied 0001-start\n/);
    assert.match(first.stdout, /Made the keys in/);
    assert.equal(statSync(join(folder, "keys.json")).mode & 0o777, 0o600);
    const keys = readFileSync(join(folder, "keys.json"), "utf8");
    const again = await run("migrate");
    assert.equal(again.stdout, "The store has its newest shape already.\n");
    assert.equal(readFileSync(join(folder, "keys.json"), "utf8"), keys);
  });

  it("makes an operator", async () => {
    assert.match((await run("operator", "ada@example.org")).stdout, /its password is \w{26}/);
  });

  it("finds nothing wrong with good services, and names what is", async () => {
    const good = await run("doctor");
    assert.equal(good.code, 0, good.stdout);
    chmodSync(join(folder, "keys.json"), 0o644);
    await redis.command("CONFIG", "SET", "appendfsync", "everysec");
    const bad = await run("doctor");
    await redis.command("CONFIG", "SET", "appendfsync", "always");
    chmodSync(join(folder, "keys.json"), 0o600);
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /^fail {2}Redis cannot be used: Redis has appendfsync everysec/m);
    assert.match(bad.stdout, /^warn {2}The key file .* can be read by other users/m);
    assert.match(
      (await marquee(["doctor"], { ...environment, MARQUEE_PAYMENTS_SECRET: "x".repeat(20) })).stdout,
      /^fail .*another one/m,
    );
  });

  it("recovers every partition by hand, once", async () => {
    const first = await run("recover");
    assert.equal(first.code, 0, first.stderr + first.stdout);
    assert.match(first.stdout, /64 recovered, 0 were selling, 0 do not sell/);
    assert.match((await run("recover", "--partition", "17")).stdout, /0 recovered, 1 were selling/);
    assert.equal((await run("recover", "--partition", "64")).code, 78);
  });

  it("loads the demo into an empty database, and verifies it", async () => {
    const loaded = await run("demo", "--days", "1");
    assert.equal(loaded.code, 0, loaded.stderr);
    assert.equal((await run("demo")).code, 66);
    const verified = await run("verify");
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    assert.match(verified.stdout, /Every rule holds/);
  });

  it("starts and lists what is on with the store away, and the worker waits for it", async () => {
    await postgres.kill("SIGKILL");
    await during("serve", "/readyz", async (url) => {
      const { items } = (await (await fetch(`${url}/api/v1/shows?near=39.74,-104.99`)).json()) as { items: unknown[] };
      assert.ok(items.length > 0);
    });
    const migrated = await run("migrate");
    assert.equal(migrated.code, 69);
    assert.match(migrated.stderr, /^The database cannot be reached/);
    await postgres.restart();
    await during("work", "/readyz", async (url) => {
      assert.match(await (await fetch(`${url}/metrics`)).text(), /marquee_sales_log_lag_entries 0/);
    });
  });

  it("lets processes of an older program neither sell nor start once a newer one has loaded its functions", async () => {
    const newer = librarySource
      .replace(/^-- version \d+$/m, "-- version 999")
      .replace(/^local interface = '\d+'$/m, "local interface = '999'");
    await during("serve", "/readyz", async (url) => {
      await redis.command("FUNCTION", "LOAD", "REPLACE", newer);
      let ready = await fetch(`${url}/readyz`);
      while (ready.status === 200) ready = await fetch(`${url}/readyz`);
      assert.match(await ready.text(), /newer Marquee \(version 999, not \d+\)/);
      const lists = await fetch(`${url}/api/v1/shows?near=39.74,-104.99`);
      assert.equal(lists.status, 200, "what is published is shown all the same");
      const order = await fetch(`${url}/api/v1/orders/order-of-nobody-0001?key=x`);
      assert.deepEqual([order.status, order.headers.get("retry-after")], [503, "2"], "it may yet be found");
    });
    const again = await run("serve");
    assert.equal(again.code, 69, again.stderr);
    assert.match(again.stderr, /start the newer one/);
    assert.match((await run("doctor")).stdout, /^fail {2}Redis cannot be used: .*newer Marquee/m);
    await redis.command("FUNCTION", "FLUSH");
  });

  it("says what to use instead of a data folder's commands", async () => {
    const backup = await run("backup", join(folder, "backup"));
    assert.deepEqual([backup.code, existsSync(join(folder, "backup"))], [64, false]);
    assert.match(backup.stderr, /pg_basebackup/);
    assert.equal((await run("restore", folder)).code, 64);
    assert.equal((await run("serve", "--demo")).code, 64);
    const alone = await marquee(["work"]);
    assert.deepEqual([alone.code, alone.stdout], [64, ""]);
  });

  it("ends with a sentence when Redis is away, and never tells a password", async () => {
    const away = { ...environment, MARQUEE_REDIS: `redis://:hunter2@127.0.0.1:${await freePort()}` };
    const served = await marquee(["serve"], away);
    assert.equal(served.code, 69, served.stderr);
    assert.doesNotMatch(served.stderr, /hunter2/);
    assert.equal(served.stderr.trim().split("\n").length, 1, served.stderr);
  });
});
