// Faults on command: how a provider behaves on its bad days, switched on and off while it runs. The sandbox's tokens do the same
// for a single payment; these do it to every caller.

import { Type, type Static } from "typebox";
import { PaymentUnknown } from "../port.ts";

const calls = ["authorise", "find", "capture", "cancel", "refund", "list", "act"] as const;
export type Call = (typeof calls)[number];

const Rule = Type.Object(
  {
    /**
     * `outage`: the connection breaks, nothing is done. `slow`: done after `ms`. `timeout-done`: done, but no answer within `ms`.
     * `timeout-undone`: not done, and no answer within `ms`.
     */
    fault: Type.Enum(["outage", "slow", "timeout-done", "timeout-undone"]),
    /** All calls, if not said. */
    calls: Type.Optional(Type.Array(Type.Enum([...calls]))),
    /** Only each so many-th of those calls; 1 if not said. */
    every: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Only the next so many times; until the rules change, if not said. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  },
  { additionalProperties: false },
);

/** The first rule that meets a call is the one that happens to it. */
export const FaultRules = Type.Object({ rules: Type.Array(Rule, { maxItems: 32 }) }, { additionalProperties: false });
export type FaultRule = Static<typeof Rule>;

/** The connection is to break without an answer. */
export class Outage extends Error {}

export interface Faults {
  readonly rules: readonly FaultRule[];
  /** Replaces all rules; counting begins anew. */
  set(rules: readonly FaultRule[]): void;
  /** Does a call, or what the rules make of it. Throws Outage, PaymentUnknown, and what the call throws. */
  around<T>(call: Call, run: () => Promise<T>): Promise<T>;
}

/** Longer than any client waits. */
const defaultMs = 60_000;

/** No rules at first. `wait` settles after so many milliseconds, or throws when the service ends. */
export function createFaults(wait: (ms: number) => Promise<unknown>): Faults {
  let counted: { rule: FaultRule; met: number; happened: number }[] = [];
  const next = (call: Call): FaultRule | undefined => {
    for (const one of counted) {
      const { rule } = one;
      if (rule.calls && !rule.calls.includes(call)) continue;
      if (one.happened >= (rule.times ?? Infinity)) continue;
      one.met += 1;
      if (one.met % (rule.every ?? 1) !== 0) continue;
      one.happened += 1;
      return rule;
    }
    return undefined;
  };
  return {
    get rules() {
      return counted.map(({ rule }) => rule);
    },
    set(rules) {
      counted = rules.map((rule) => ({ rule, met: 0, happened: 0 }));
    },
    async around(call, run) {
      const rule = next(call);
      if (!rule) return run();
      if (rule.fault === "outage") throw new Outage("the provider is out");
      // Whatever became of it, the caller is not told.
      if (rule.fault === "timeout-done") await run().catch(() => undefined);
      await wait(rule.ms ?? defaultMs);
      if (rule.fault === "slow") return run();
      throw new PaymentUnknown("the provider did not answer in time");
    },
  };
}
