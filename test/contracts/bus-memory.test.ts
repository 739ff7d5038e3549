import { createMemoryBus } from "../../src/bus/memory.ts";
import { busContract } from "./bus.ts";

busContract("in memory", async () => ({ bus: createMemoryBus(), arrived: () => Promise.resolve() }));
