// Counted things: `1 seat`, `2 seats`, as a language writes the number and chooses the form.

/** How a language counts: `plural(2, "seat", "seats")`. `other` stands for every form but "one". */
export function pluralIn(locale: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, one, other) => `${numbers.format(count)} ${rules.select(count) === "one" ? one : other}`;
}
