import { createMemoryBus } from "../../src/bus/memory.ts";
import { busContract } from "./bus.ts";

busContract("in memory", async () => {
  const bus = createMemoryBus();
  return { here: bus, there: bus, arrived: () => Promise.resolve(), close: () => bus.close() };
});
