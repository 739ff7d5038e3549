// What stands outside of the pages for the site: its colours for the browser's own frame, and its signs on home screens.

/** The header's ground, in both themes; `--canopy` in styles/tokens.css. */
export const canopyColour = "#20111a";
/** `--ground` of the light theme. */
const paperColour = "#faf7f3";

/** Sides of the pictures for home screens, in pixels. Apple's is 180; the others are asked for by the manifest's readers. */
export const signSides = [180, 192, 512] as const;
export type SignSide = (typeof signSides)[number];

/** The sign on its ground, with the margin that round masks cut away. `icon` is styles/icon.svg. */
export function signOnGround(icon: string): string {
  const inner = icon.replace("<svg ", '<svg x="5" y="5" width="22" height="22" ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="512" height="512"><rect width="32" height="32" fill="${canopyColour}"/>${inner}</svg>`;
}

/** The web manifest, with the addresses of the signs. */
export function webManifest(name: string, signs: { icon: string; png(side: SignSide): string }): string {
  const png = (side: SignSide, purpose: string) => {
    return { src: signs.png(side), sizes: `${side}x${side}`, type: "image/png", purpose };
  };
  return JSON.stringify({
    name,
    short_name: name,
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: paperColour,
    theme_color: canopyColour,
    icons: [
      { src: signs.icon, sizes: "any", type: "image/svg+xml", purpose: "any" },
      png(192, "any"),
      png(512, "any"),
      png(512, "maskable"),
    ],
  });
}
