import { startRedis, type LocalRedis } from "../../deploy/local/redis.ts";
import { startRedisCluster } from "../../deploy/local/redis-cluster.ts";
import { redisBackEnd, type RedisServers } from "../contracts/redis-setting.ts";
import { decidesLikeTheDumbHouse, firstDay, type Shop } from "./inventory-model.ts";

const partitions = 4;

async function openShop(servers: RedisServers, stop: () => Promise<void>): Promise<Shop> {
  const backEnd = await redisBackEnd(servers);
  const shop: Shop = {
    now: firstDay,
    holdsSurvive: true,
    inventory: await backEnd.open({ partitions, now: firstDay }),
    async reopen() {
      await shop.inventory.close();
      shop.inventory = await backEnd.open({ partitions, now: shop.now });
    },
    async close() {
      await shop.inventory.close();
      await stop();
    },
  };
  return shop;
}

decidesLikeTheDumbHouse("an inventory in one Redis", 100, async () => {
  const redis = await startRedis();
  const servers = {
    urls: [redis.url],
    restart: () => redis.restart(),
    flush: async () => void (await redis.command("FLUSHALL")),
  };
  return openShop(servers, () => redis.stop());
});

decidesLikeTheDumbHouse("an inventory in a Redis cluster", 15, async () => {
  const cluster = await startRedisCluster({ masters: 3 });
  const all = (work: (node: LocalRedis) => Promise<unknown>) => Promise.all(cluster.nodes.map(work));
  const servers = {
    urls: cluster.urls,
    // Without its library's memory a master is as after a restart, and sooner so.
    restart: async () => void (await all((node) => node.command("FUNCTION", "DELETE", "marquee"))),
    flush: async () => void (await all((node) => node.command("FLUSHALL"))),
  };
  return openShop(servers, () => cluster.stop());
});
