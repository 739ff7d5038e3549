// Where static content lies for browsers: below `/static`, or at a CDN.

import { createContext } from "preact";

/** What the paths of static content are put behind: `/static`, or `https://cdn.example.org`. */
export const StaticUrl = createContext("/static");

/** The address of a file of the static content: `media/ab/abc.webp` is below `staticUrl`, a whole address or path stays. */
export function fileAddress(staticUrl: string, path: string): string {
  return path.startsWith("/") || /^https?:/.test(path) ? path : `${staticUrl}/${path}`;
}
