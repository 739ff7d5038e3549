// Which of several servers a process connects to when it starts, whatever became of them before.

import { equal } from "node:assert/strict";
import { test } from "node:test";
import { startRedis } from "../../deploy/local/redis.ts";
import { connectRedis } from "../../src/redis/connect.ts";

test("a process that starts after a failover finds the master, whichever was named first, and no command fails", async () => {
  await using master = await startRedis({ appendfsync: "no" });
  await using replica = await startRedis({ appendfsync: "no", replicaOf: master });
  for (const urls of [
    [master.url, replica.url],
    [replica.url, master.url],
  ]) {
    const connection = connectRedis({ urls, name: "starts" });
    equal(await connection.set("seat", "sold"), "OK");
    connection.disconnect();
  }
});

test("a process that starts while there is no master waits for one", async () => {
  await using master = await startRedis({ appendfsync: "no" });
  await using replica = await startRedis({ appendfsync: "no", replicaOf: master });
  await master.kill("SIGKILL");
  const connection = connectRedis({ urls: [master.url, replica.url], name: "waits" });
  const ready = new Promise((resolve) => connection.once("ready", resolve));
  await replica.promote();
  await ready;
  equal(await connection.set("seat", "sold"), "OK");
  connection.disconnect();
});
