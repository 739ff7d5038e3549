import { after, before, describe } from "node:test";
import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { startRedisCluster, type LocalRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { inventoryContract } from "./inventory.ts";
import { redisBackEnd } from "./redis-setting.ts";

describe("the contract", () => {
  let redis: LocalRedis;
  before(async () => void (redis = await startRedis()));
  after(() => redis.stop());
  inventoryContract("in one Redis", () =>
    redisBackEnd({
      urls: [redis.url],
      restart: () => redis.restart(),
      flush: async () => void (await redis.command("FLUSHALL")),
    }),
  );
});

describe("the contract in a cluster", () => {
  let cluster: LocalRedisCluster;
  before(async () => void (cluster = await startRedisCluster({ masters: 3 })));
  after(() => cluster.stop());
  const all = (work: (node: LocalRedis) => Promise<unknown>) => Promise.all(cluster.nodes.map(work));
  inventoryContract("in a Redis cluster of three masters", () =>
    redisBackEnd({
      urls: cluster.urls,
      async restart() {
        await all((node) => node.restart());
        await cluster.ready();
      },
      flush: async () => void (await all((node) => node.command("FLUSHALL"))),
    }),
  );
});
