// Letters that every PDF reader can show without a font of ours: those of Windows-1252, which has all of Spanish, English, French,
// German, Portuguese, Italian and the Nordic languages. Other Latin letters are written without what is above or below them.

const beyondLatin1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = {
  Đ: "D",
  đ: "d",
  Ħ: "H",
  ħ: "h",
  ı: "i",
  Ł: "L",
  ł: "l",
  Ŧ: "T",
  ŧ: "t",
  Ŋ: "N",
  ŋ: "n",
  ſ: "s",
  "\u2010": "-",
  "\u2011": "-",
  "\u2212": "-",
  "\u202f": "\u00a0",
  "\u2009": " ",
};

function isShown(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || beyondLatin1.includes(character);
}

/** A text in letters that can be printed; "" for one that is mostly in another script, which would only be question marks. */
export function winAnsiText(text: string): string {
  let lost = 0;
  const characters = Array.from(text.normalize("NFC"));
  const printed = characters.map((character) => {
    if (isShown(character)) return character;
    const bare = plain[character] ?? character.normalize("NFD").replaceAll(/\p{M}/gu, "");
    if (bare !== "" && Array.from(bare).every(isShown)) return bare;
    lost += 1;
    return "?";
  });
  return lost * 2 > characters.length ? "" : printed.join("");
}
