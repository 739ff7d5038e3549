// Colours of posters by genre. The ink is read on `ground` and `depth`, which lie under it; a test holds their contrast.

export interface Palette {
  /** Under the title. */
  ground: string;
  /** At the other end of the poster. */
  depth: string;
  /** The picture's colours, loudest first. */
  art: readonly [string, string, string];
  ink: string;
}

const palette = (
  ground: string,
  depth: string,
  first: string,
  second: string,
  third: string,
  ink: string,
): Palette => ({
  ground,
  depth,
  art: [first, second, third],
  ink,
});

const action = [
  palette("#180a0a", "#6d1510", "#f2541b", "#ffb01f", "#a3210f", "#fff4e3"),
  palette("#0b132b", "#16305c", "#ff6b35", "#f7c59f", "#2d6aa3", "#fdf6ec"),
  palette("#121212", "#2f2f2a", "#f4e409", "#ff5714", "#8f8f83", "#ffffff"),
  palette("#f3ead7", "#e9c46a", "#c1121f", "#1d3557", "#f4a261", "#14213d"),
];
const comedy = [
  palette("#ffd23f", "#ffb703", "#ee4266", "#540d6e", "#0e8f60", "#2b0b3a"),
  palette("#fbf3e4", "#ffd9c0", "#ff5d5d", "#2a9d8f", "#f4a261", "#1f2a44"),
  palette("#73e2d8", "#2ec4b6", "#ff9f1c", "#fff8e7", "#e71d36", "#0b2b33"),
  palette("#ff8fa3", "#ffb3c1", "#590d22", "#fff0f3", "#ffd166", "#3b0716"),
  palette("#e8f1ff", "#a9c9ff", "#2b59c3", "#ff7f51", "#ffd400", "#101d42"),
];
const drama = [
  palette("#ece5d3", "#cdbfa3", "#1d3557", "#a8442a", "#e0a458", "#1b1b1b"),
  palette("#16233b", "#3f6e8e", "#f2cc8f", "#8ea8c3", "#e07a5f", "#f4f9f9"),
  palette("#2f1b25", "#6d3b47", "#f0a17c", "#f2d0a4", "#93505b", "#fbeedc"),
  palette("#f2efe6", "#b7c9c0", "#335c4a", "#d98f4e", "#7a9e8e", "#1c2b25"),
  palette("#2b2d42", "#565a7d", "#ef6f6c", "#f6e7cb", "#8d99ae", "#f8f4ea"),
];
const thriller = [
  palette("#0d1f22", "#22423a", "#e0b04f", "#b5651d", "#3c6458", "#f0ead6"),
  palette("#101820", "#2c3744", "#e5293e", "#f2efe9", "#566473", "#f8f5ef"),
  palette("#14052b", "#3b1680", "#f9c80e", "#b14aed", "#6a3fd1", "#f7f0ff"),
  palette("#e9e6df", "#bfc3c4", "#101820", "#d7263d", "#7c8b93", "#101820"),
];
const horror = [
  palette("#0a0708", "#43090f", "#d11a2a", "#f1e3d3", "#6e0f18", "#f5ebe0"),
  palette("#07110d", "#17402f", "#a7e22e", "#e4f5d4", "#2d6a4f", "#eefbe9"),
  palette("#0c0b16", "#2c2350", "#ff7b00", "#ffd6a5", "#5b3f8c", "#fff3e2"),
];
const science = [
  palette("#050a24", "#142a6e", "#4cc9f0", "#f72585", "#7b2cbf", "#f5f7ff"),
  palette("#061d2e", "#0b4f6c", "#ffb347", "#f4ead5", "#1c7c9c", "#fbf6ea"),
  palette("#1b1035", "#582c83", "#ff8fab", "#ffe066", "#2ec4b6", "#fff7fb"),
];
const family = [
  palette("#06304a", "#1f86ad", "#ffb703", "#fb8500", "#8ecae6", "#ffffff"),
  palette("#c9f4ea", "#7fd1c4", "#ff6b4a", "#ffd56b", "#1f6f78", "#0c2c35"),
  palette("#f6e3ff", "#cdb4f5", "#ff6fa5", "#6f9bff", "#ffd166", "#3a2255"),
];
const romance = [
  palette("#ffe8df", "#ffc2c9", "#f4577a", "#a23b72", "#ffb26b", "#4a1031"),
  palette("#4a0d35", "#a2245a", "#ffb3a7", "#ffd9c7", "#e85d75", "#fff1ec"),
  palette("#fdf1e3", "#f8d9b4", "#d1495b", "#30638e", "#edae49", "#23374d"),
];
const musical = [
  palette("#1d0a2e", "#6a0f49", "#ffbe0b", "#ff006e", "#8338ec", "#fff6e5"),
  palette("#0f1020", "#38235e", "#ffd166", "#ef476f", "#26c7a5", "#fdfcf7"),
  palette("#fff1d0", "#ffd27d", "#dd1c1a", "#086788", "#f0a202", "#2a1205"),
];
const concert = [
  palette("#0e0b16", "#5a1049", "#ff3864", "#ffbd00", "#6a4bff", "#fff6e5"),
  palette("#2a0d0a", "#8c2f16", "#ffc857", "#f26b38", "#c8553d", "#fff1de"),
  palette("#04263a", "#0d6e7c", "#ff7a59", "#ffe8a3", "#2ec4b6", "#fdfcf2"),
  palette("#0a0a12", "#2a2a4a", "#8af5d3", "#f5f5ff", "#5a5ad6", "#f5f5ff"),
];
const western = [palette("#f4d9a8", "#ee9b5b", "#a63c1e", "#5c2314", "#fbeccb", "#35140b")];
const documentary = [palette("#f4f1ea", "#d9d3c7", "#d62828", "#003049", "#8d99a6", "#14181c")];

const byGenre: Readonly<Record<string, readonly Palette[]>> = {
  Action: action,
  Adventure: family,
  Comedy: comedy,
  Concert: concert,
  Documentary: documentary,
  Drama: drama,
  Horror: horror,
  Musical: musical,
  Romance: romance,
  "Science Fiction": science,
  Thriller: thriller,
  Western: western,
};

/** What may colour a poster of a genre. */
export function palettesOf(genre: string): readonly Palette[] {
  return byGenre[genre] ?? drama;
}
