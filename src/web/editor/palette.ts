// The page's colours for the canvas: custom properties, read anew when the theme changes.

import type { Area, Drawing } from "./drawing.ts";

export interface Palette {
  ground: string;
  paper: string;
  grid: string;
  line: string;
  text: string;
  soft: string;
  onDark: string;
  seat: string;
  accent: string;
  accentSoft: string;
  access: string;
  accessSoft: string;
  restricted: string;
  /** Of sections, from 1 to 8. */
  colours: readonly string[];
  font: string;
}

export function readPalette(holder: Element): Palette {
  const style = getComputedStyle(holder);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: of("--sunken"),
    paper: of("--surface"),
    grid: of("--line"),
    line: of("--line-strong"),
    text: of("--text"),
    soft: of("--text-soft"),
    onDark: of("--surface"),
    seat: of("--surface"),
    accent: of("--accent"),
    accentSoft: of("--accent-soft"),
    access: of("--info"),
    accessSoft: of("--info-soft"),
    restricted: of("--warning"),
    colours: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => of(`--section-${number}`)),
    font: style.fontFamily,
  };
}

/** The colour of a section. Without one of its own: by its place among few, grey among many. */
export function colourOf(palette: Palette, { areas }: Drawing, area: Area): string {
  const colour = area.colour ?? (areas.length <= 8 ? areas.indexOf(area) + 1 : 0);
  return palette.colours[colour - 1] ?? palette.line;
}
