// What systemd does for a fleet elsewhere: starts again what ended by itself.

import type { Member } from "./fleet.ts";

const lookMs = 250;
/** A server that ends again at once is tried again after this. */
const pauseMs = 1_000;

/** Starts members again that have ended, each by itself, until `end` is called. `onRestart` hears of each. */
export function supervise(members: readonly Member[], onRestart: (member: Member) => void): { end(): Promise<void> } {
  const busy = new Map<Member, Promise<void>>();
  const again = async (member: Member) => {
    try {
      await member.server.restart();
      onRestart(member);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const timer = setInterval(() => {
    for (const member of members) {
      if (busy.has(member) || member.server.running()) continue;
      busy.set(
        member,
        again(member).finally(() => busy.delete(member)),
      );
    }
  }, lookMs);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(busy.values());
    },
  };
}
