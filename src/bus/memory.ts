import { EventEmitter } from "node:events";
import type { Bus } from "./port.ts";

/** A bus within one process: listeners are called before `publish` returns, and nothing is ever missed. */
export function createMemoryBus(): Bus {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic, news) => void emitter.emit(topic, news),
    subscribe(topic, listener) {
      emitter.on(topic, listener);
      return () => void emitter.off(topic, listener);
    },
    onGap: () => () => undefined,
    close: () => Promise.resolve(void emitter.removeAllListeners()),
  };
}
