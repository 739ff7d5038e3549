// Finding by words: small letters, without accents, words begun.

/** Text as it is compared: words in small letters without accents, one blank between them. */
export function fold(text: string): string {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/['’.]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether each word of `query` begins a word of `folded`; true for no words. Both folded. */
export function beginsWords(folded: string, query: string): boolean {
  if (query === "") return true;
  const padded = ` ${folded}`;
  return query.split(" ").every((word) => padded.includes(` ${word}`));
}
