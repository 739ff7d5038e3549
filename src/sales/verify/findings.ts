// What verification finds: one line a rule. Sentences are for people who must decide what to do.

/** The rules, in the order in which they are reported; the numbers are those of the purchase protocol's invariants. */
export const rules = {
  oneTicket: "A seat has at most one active ticket",
  counts: "Places add up to the capacity at every position of the sales log",
  money: "Money is taken for what is sold, and for nothing else",
  refunds: "Money is taken once, and no more is given back than was taken",
  tickets: "What was confirmed has its tickets",
  oneAnswer: "An order id stands for one order with one outcome",
  history: "The store's history is that of the sales log: contiguous, unaltered, each entry once",
  freedOnce: "A refund frees a seat once, after its ticket is void",
  admittedOnce: "A ticket is admitted once, and only while it is valid",
} as const;

export type Rule = keyof typeof rules;

/** What was found about one rule. */
export interface Check {
  rule: string;
  ok: boolean;
  /** Entries, orders, tickets or payments looked at. */
  examined: number;
  /** Of these, on their way at this moment: not applied yet, in payment, reserved and not captured yet, or being given back. */
  underWay: number;
  /** One sentence each; the first thousand. */
  violations: readonly string[];
}

const kept = 1_000;

export class Findings {
  private readonly found = new Map<Rule, { examined: number; underWay: number; violations: string[] }>();

  private of(rule: Rule) {
    let found = this.found.get(rule);
    if (!found) this.found.set(rule, (found = { examined: 0, underWay: 0, violations: [] }));
    return found;
  }

  examined(rule: Rule, count = 1): void {
    this.of(rule).examined += count;
  }

  underWay(rule: Rule, count = 1): void {
    this.of(rule).underWay += count;
  }

  violated(rule: Rule, sentence: string): void {
    const { violations } = this.of(rule);
    if (violations.length < kept) violations.push(sentence);
  }

  /** Counts one thing examined, and the sentence if it does not hold. */
  expect(rule: Rule, holds: boolean, sentence: () => string): void {
    this.examined(rule);
    if (!holds) this.violated(rule, sentence());
  }

  checks(): readonly Check[] {
    return (Object.keys(rules) as Rule[]).map((rule) => {
      const { examined, underWay, violations } = this.of(rule);
      return { rule: rules[rule], ok: violations.length === 0, examined, underWay, violations };
    });
  }
}
