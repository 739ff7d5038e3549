// The headers that keep a browser from being turned against its user. They are the same in every answer, so helmet computes
// them once: computing them for each request was an eighth of a purchase.

import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "helmet";

/**
 * The headers by name. `secure`: the public address is https, so browsers shall keep to it. `imagesFrom`: another host that
 * posters and trailers come from, `https://cdn.example.org`.
 */
export function securityHeaders(secure: boolean, imagesFrom?: string): Readonly<Record<string, string>> {
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:", ...(imagesFrom === undefined ? [] : [imagesFrom])],
        ...(imagesFrom === undefined ? {} : { mediaSrc: ["'self'", imagesFrom] }),
        // Trailers, and nothing else, come from elsewhere.
        frameSrc: ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    // For browsers and plug-ins that nobody has any more; each header costs the edge time in every page that it has cached.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  let failed: unknown;
  apply({} as IncomingMessage, answer as unknown as ServerResponse, (error) => (failed = error));
  if (failed) throw new Error("the security headers could not be made", { cause: failed });
  // No page needs them but the door's, which says so itself; frames of trailers get neither.
  headers["permissions-policy"] = "camera=(), microphone=()";
  return headers;
}
