// Pictures of a show, sixteen wide and nine high.

import { useContext } from "preact/hooks";
import { posterFilesOf } from "../../media/poster-files.ts";
import { fileAddress, StaticUrl } from "../static-url.ts";

/** As wide as it stands in the strip or in the seller's list; loaded when it is almost seen. */
export function Still({ path, alt }: { path: string; alt: string }) {
  const base = useContext(StaticUrl);
  const files = posterFilesOf(path);
  const set = files.map((file) => `${base}/${file.path} ${file.width}w`).join(", ");
  const offered = files.length > 1 ? { srcset: set, sizes: "(max-width: 40rem) 78vw, 22rem" } : {};
  return (
    <img class="still" {...offered} src={fileAddress(base, path)} alt={alt} width={640} height={360} loading="lazy" />
  );
}
