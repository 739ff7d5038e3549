// The network between a primary and its standby, on one machine: it can be cut, and what was under way is gone.

import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

export interface Cable {
  /** Whoever connects here talks to the server behind. */
  port: number;
  /** Nothing passes any longer. */
  cut(): void;
}

export async function layCable(toPort: number): Promise<Cable> {
  const ends = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: "127.0.0.1", port: toPort, noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.pipe(to);
      from.on("error", () => undefined);
      from.on("close", () => {
        ends.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      server.close();
      for (const end of ends) end.resetAndDestroy();
    },
  };
}
