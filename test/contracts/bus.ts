// The contract of the bus, by which every back end is judged: what src/bus/port.ts promises.

import { deepEqual } from "node:assert/strict";
import { describe, it } from "node:test";
import type { Bus } from "../../src/bus/port.ts";

/** Judges a back end. `arrived` waits until what was published has come to whoever listens. */
export function busContract(name: string, open: () => Promise<{ bus: Bus; arrived(): Promise<void> }>): void {
  describe(`a bus ${name}`, () => {
    it("brings news of a topic to everybody who listens to it, in order", async () => {
      const { bus, arrived } = await open();
      const heard: string[] = [];
      bus.subscribe("chunk", ({ key, hash }) => void heard.push(`a ${key} ${hash}`));
      bus.subscribe("chunk", ({ key, hash }) => void heard.push(`b ${key} ${hash}`));
      bus.subscribe("session", () => void heard.push("another topic"));
      bus.publish("chunk", { key: "shows", hash: "1" });
      bus.publish("chunk", { key: "shows", hash: "2" });
      await arrived();
      const of = (who: string) => heard.filter((entry) => entry.startsWith(who));
      deepEqual(
        [of("a "), of("b ")],
        [
          ["a shows 1", "a shows 2"],
          ["b shows 1", "b shows 2"],
        ],
      );
      deepEqual(heard.length, 4);
      await bus.close();
    });

    it("tells nothing to those who stopped listening", async () => {
      const { bus, arrived } = await open();
      const heard: object[] = [];
      const stop = bus.subscribe("session", (news) => void heard.push(news));
      const listener = bus.subscribe("session", () => undefined);
      bus.publish("session", { sessionHash: "x" });
      await arrived();
      stop();
      bus.publish("session", { accountId: "a" });
      await arrived();
      deepEqual(heard, [{ sessionHash: "x" }]);
      listener();
      await bus.close();
    });
  });
}
