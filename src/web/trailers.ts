// Trailers: what may be played on the page, what is only linked, and what is neither.

export interface Trailer {
  /** `file`: a video of the static content; `frame`: another site's player; `link`: only for whoever goes there. */
  kind: "file" | "frame" | "link";
  /** Of the file, of the player, or of the page. */
  address: string;
  /** Where a plain link leads. */
  href: string;
}

/** The trailer of a show's `trailerUrl`; undefined for none, and for what no link may have. `staticUrl` as in static-url.ts. */
export function trailerOf(trailerUrl: string, staticUrl: string): Trailer | undefined {
  if (isOwnVideo(trailerUrl)) {
    const address = `${staticUrl}/${trailerUrl}`;
    return { kind: "file", address, href: address };
  }
  const href = linkAddress(trailerUrl);
  if (href === undefined) return undefined;
  const embedded = embedAddress(trailerUrl);
  return embedded === undefined ? { kind: "link", address: href, href } : { kind: "frame", address: embedded, href };
}

/** A path below the static content's root, as posters have. */
function isOwnVideo(trailerUrl: string): boolean {
  return /^media\/[0-9a-f]{2}\/[0-9a-f]+\.(?:webm|mp4)$/.test(trailerUrl);
}

/** A YouTube or Vimeo page as its embeddable address, without cookies of theirs. */
export function embedAddress(trailerUrl: string): string | undefined {
  if (!URL.canParse(trailerUrl)) return undefined;
  const url = new URL(trailerUrl);
  if (url.protocol !== "https:") return undefined;
  const host = url.hostname.replace(/^(www|m)\./, "");
  const path = url.pathname.split("/").filter(Boolean);
  if (host === "youtube.com" || host === "youtube-nocookie.com" || host === "youtu.be") {
    const id = host === "youtu.be" ? path[0] : (url.searchParams.get("v") ?? path[1]);
    return id !== undefined && /^[\w-]{6,20}$/.test(id) ? `https://www.youtube-nocookie.com/embed/${id}` : undefined;
  }
  if (host === "vimeo.com" || host === "player.vimeo.com") {
    const id = path.at(-1);
    return id !== undefined && /^\d{4,12}$/.test(id) ? `https://player.vimeo.com/video/${id}?dnt=1` : undefined;
  }
  return undefined;
}

/** The trailer's address if it is one that a link may have. */
export function linkAddress(trailerUrl: string): string | undefined {
  return URL.canParse(trailerUrl) && /^https?:$/.test(new URL(trailerUrl).protocol) ? trailerUrl : undefined;
}
