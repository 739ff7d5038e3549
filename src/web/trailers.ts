// Trailers: what may be embedded, what is only linked, and what is neither.

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
