// A process that starts servers, one of them hanging, says which, and waits to be killed.

import { startPostgres } from "../../deploy/local/postgres.ts";
import { startRedis } from "../../deploy/local/redis.ts";

const servers = await Promise.all([startRedis(), startPostgres(), startPostgres()]);
await servers[2].kill("SIGSTOP");
console.log(JSON.stringify(servers.map((server) => ({ pid: server.pid(), folder: server.folder }))));
setInterval(() => undefined, 60_000);
