// SVG, written. Numbers are rounded to a tenth, which nobody sees and which halves a poster's size.

export const width = 600;
export const height = 900;

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attributes that are undefined are left out. Values are escaped. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeText(String(value))}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export const circle = (cx: number, cy: number, r: number, attributes: Attributes) =>
  element("circle", { cx, cy, r, ...attributes });

export const rect = (x: number, y: number, w: number, h: number, attributes: Attributes) =>
  element("rect", { x, y, width: w, height: h, ...attributes });

export type Point = readonly [x: number, y: number];

/** A closed outline. */
export function polygon(points: readonly Point[], attributes: Attributes): string {
  return element("path", { d: `${pathThrough(points)}Z`, ...attributes });
}

/** The `d` of a line through points. */
export function pathThrough(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;
}

export function polar(cx: number, cy: number, radius: number, angle: number): Point {
  return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
}
