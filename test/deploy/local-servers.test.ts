// Launchers of real servers: they come up, survive what fault tests do to them, and leave nothing behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { startMemcached } from "../../deploy/local/memcached.ts";
import { startNginx } from "../../deploy/local/nginx.ts";
import { freePort } from "../../deploy/local/free-port.ts";
import { missingPackages } from "../../deploy/local/packages.ts";
import { startPostgres } from "../../deploy/local/postgres.ts";
import { isAlive, processTree } from "../../deploy/local/process-tree.ts";
import { startRedis } from "../../deploy/local/redis.ts";
import { startRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { accepts } from "../../deploy/local/run-tool.ts";

test("this machine has every package that the local fleet needs", () => {
  assert.equal(missingPackages()?.command, undefined);
});

test("Redis keeps what it answered through kill -9, and nothing after it was stopped", async () => {
  const redis = await startRedis();
  await redis.command("SET", "seat", "sold");
  await redis.kill("SIGKILL");
  assert.equal(redis.running(), false);
  await redis.restart();
  assert.equal(await redis.command("GET", "seat"), "sold");
  assert.equal((await redis.command("CONFIG", "GET", "appendfsync")).split("\n")[1], "always");
  await assert.rejects(redis.command("GET"), /wrong number of arguments/);
  const pid = redis.pid();
  await redis.stop();
  await redis.stop();
  assert.equal(isAlive(pid), false);
  assert.equal(existsSync(redis.folder), false);
});

test("a replica that hung while its master went on can be promoted with old data", async () => {
  await using master = await startRedis();
  await using replica = await startRedis({ replicaOf: master });
  await master.command("SET", "seat", "free");
  assert.equal(await master.command("WAIT", "1", "5000"), "1");
  await replica.kill("SIGSTOP");
  // What is on its way in the connection would still arrive.
  await master.command("CLIENT", "KILL", "TYPE", "replica");
  await master.command("SET", "seat", "sold");
  await master.kill("SIGKILL");
  await replica.kill("SIGCONT");
  await replica.promote();
  assert.equal(await replica.command("GET", "seat"), "free");
  await replica.restart();
  assert.match(await replica.command("INFO", "replication"), /role:master/);
});

test("a cluster of three masters with replicas serves every slot", async () => {
  await using cluster = await startRedisCluster({ masters: 3, replicas: 1 });
  assert.equal(cluster.urls.length, 3);
  assert.equal(cluster.nodes.length, 6);
  const roles = await Promise.all(cluster.nodes.map((node) => node.command("ROLE")));
  assert.deepEqual(
    roles.map((role) => role.split("\n")[0]),
    ["master", "master", "master", "slave", "slave", "slave"],
  );
});

test("a commit waits for the standby, which takes over with all of it", async () => {
  await using primary = await startPostgres();
  await using standby = await startPostgres({ standbyOf: primary });
  await primary.sql("create table sale (seat text); insert into sale values ('A1')");
  await primary.kill("SIGKILL");
  await standby.promote();
  assert.equal(await standby.sql("insert into sale values ('A2'); select count(*) from sale"), "2");
});

test("PostgreSQL comes back after kill -9 and after hanging, with what was committed", async () => {
  await using postgres = await startPostgres();
  await postgres.sql("create table sale (seat text); insert into sale values ('A1')");
  await postgres.kill("SIGKILL");
  await postgres.restart();
  await postgres.kill("SIGSTOP");
  const answer = postgres.sql("select seat from sale");
  await postgres.kill("SIGCONT");
  assert.equal(await answer, "A1");
  await postgres.halt("immediate");
  await postgres.restart();
  assert.equal(await postgres.sql("select seat from sale"), "A1");
  assert.match(await postgres.createDatabase("other"), /\/other$/);
});

test("nginx takes a new configuration while it runs", async () => {
  const port = await freePort();
  const saying = (word: string) => `
    error_log server.log; pid nginx.pid; events {}
    http { access_log off; server { listen 127.0.0.1:${port}; return 200 "${word}"; } }`;
  await using nginx = await startNginx({ port, configuration: saying("before") });
  const read = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
  assert.equal(await read(), "before");
  await nginx.reload(saying("after"));
  assert.equal(await read(), "after");
  await assert.rejects(nginx.reload("nonsense;"), /unknown directive/);
});

test("nginx can be started again after its master alone was killed", async () => {
  const port = await freePort();
  const configuration = `pid nginx.pid;\nevents {}\nhttp { server { listen 127.0.0.1:${port}; return 204; } }\n`;
  await using nginx = await startNginx({ port, configuration });
  const master = nginx.pid();
  process.kill(master, "SIGKILL");
  while (nginx.running()) await wait(5);
  await nginx.restart();
  assert.notEqual(nginx.pid(), master);
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 204);
});

test("memcached answers on a port of its own", async () => {
  await using memcached = await startMemcached({ megabytes: 64 });
  assert.equal(await accepts(memcached.port), true);
});

test("a server that cannot start says why, and leaves nothing", async () => {
  await assert.rejects(startRedis({ settings: ["nonsense yes"] }), /ended before it was ready[^]*nonsense/);
});

test("servers end with the process that started them, even when that is killed", async () => {
  const parent = spawn(process.execPath, [new URL("starts-servers.ts", import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
  const started = JSON.parse(line) as { pid: number; folder: string }[];
  const pids = started.flatMap(({ pid }) => processTree(pid));
  assert.ok(pids.every(isAlive));
  parent.kill("SIGKILL");
  while (pids.some(isAlive) || started.some(({ folder }) => existsSync(folder))) await wait(20);
});
