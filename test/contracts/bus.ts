// The contract of the bus, by which every back end is judged: what src/bus/port.ts promises.

import { deepEqual, equal } from "node:assert/strict";
import { describe, it } from "node:test";
import type { Bus } from "../../src/bus/port.ts";

/** Two ends of one bus, in one process or two. */
export interface BusEnds {
  here: Bus;
  there: Bus;
  /** Settles when what was published at either end has come to whoever listens. */
  arrived(): Promise<void>;
  close(): Promise<void>;
}

/** Judges a back end. */
export function busContract(name: string, open: () => Promise<BusEnds>): void {
  describe(`a bus ${name}`, () => {
    it("brings news of a topic to everybody who listens to it, in order and once", async () => {
      const { here, there, arrived, close } = await open();
      const heard: string[] = [];
      here.subscribe("chunks", ({ keys }) => void heard.push(`a ${keys.join()}`));
      there.subscribe("chunks", ({ keys }) => void heard.push(`b ${keys.join()}`));
      there.subscribe("session", () => void heard.push("another topic"));
      for (let count = 0; count < 1_200; count += 1) here.publish("chunks", { keys: [`${count}`] });
      there.publish("chunks", { keys: ["back"] });
      await arrived();
      for (const who of ["a ", "b "]) {
        const of = heard.filter((entry) => entry.startsWith(who) && !entry.endsWith("back"));
        deepEqual(
          of,
          Array.from({ length: 1_200 }, (_, count) => `${who}${count}`),
        );
      }
      equal(heard.filter((entry) => entry.endsWith("back")).length, 2);
      equal(heard.length, 2_402);
      await close();
    });

    it("tells whoever listens in the same process before it answers", async () => {
      const { here, close } = await open();
      const heard: object[] = [];
      here.subscribe("session", (news) => void heard.push(news));
      here.publish("session", { accountId: "a" });
      deepEqual(heard, [{ accountId: "a" }]);
      await close();
    });

    it("tells nothing to those who stopped listening", async () => {
      const { here, there, arrived, close } = await open();
      const heard: object[] = [];
      const stop = there.subscribe("session", (news) => void heard.push(news));
      const listener = there.subscribe("session", () => undefined);
      here.publish("session", { sessionHash: "x" });
      await arrived();
      stop();
      here.publish("session", { accountId: "a" });
      await arrived();
      deepEqual(heard, [{ sessionHash: "x" }]);
      listener();
      await close();
    });

    it("reports no gap where there is none", async () => {
      const { here, there, arrived, close } = await open();
      let gaps = 0;
      await arrived();
      for (const end of [here, there]) end.onGap(() => void (gaps += 1));
      for (let count = 0; count < 10; count += 1) {
        here.publish("session", { sessionHash: `${count}` });
        there.publish("session", { sessionHash: `${count}` });
        await arrived();
      }
      equal(gaps, 0);
      await close();
    });
  });
}
