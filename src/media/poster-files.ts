// The files of a poster. Its address says by itself which widths there are, so that whoever has the address of one (a show, a
// page, a list) can offer them all: `media/ab/abcd…-640/400.webp` is 400 pixels wide and the largest is 640.

/** One file of a poster; `path` is below the static content's root. */
export interface PosterFile {
  width: number;
  path: string;
}

/**
 * From the pages: posters are 104 to 320 CSS pixels wide, on screens of one to three pixels each. A picture has those that it
 * is wide enough for, or its own width alone.
 */
export const posterWidths: readonly number[] = [200, 400, 640, 960];

/** Of stills: 260 to 640 CSS pixels wide in their strip. Their largest says so in its name, `…-still1280/640.webp`. */
const stillWidths: readonly number[] = [320, 640, 1_280];

export type PictureKind = "poster" | "still";

/** The widths for a picture, smallest first: nothing is blown up. */
export function widthsFor(width: number, kind: PictureKind = "poster"): readonly number[] {
  const fitting = (kind === "still" ? stillWidths : posterWidths).filter((wanted) => wanted <= width);
  return fitting.length > 0 ? fitting : [width];
}

/** The files of a picture of this name (hex) and these widths, smallest first. */
export function namePosterFiles(
  name: string,
  widths: readonly number[],
  kind: PictureKind = "poster",
): readonly PosterFile[] {
  const folder = `media/${name.slice(0, 2)}/${name}-${kind === "still" ? "still" : ""}${Math.max(...widths)}`;
  return widths.map((width) => ({ width, path: `${folder}/${width}.webp` }));
}

/** All files of the picture that one address belongs to, smallest first; none if it says nothing of others. */
export function posterFilesOf(path: string): readonly PosterFile[] {
  const [, name, still, largest] = /^media\/[0-9a-f]{2}\/([0-9a-f]{32})-(still)?(\d+)\/\d+\.webp$/.exec(path) ?? [];
  const kind = still === undefined ? "poster" : "still";
  return name === undefined ? [] : namePosterFiles(name, widthsFor(Number(largest), kind), kind);
}
