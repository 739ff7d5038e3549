// Opens the web: bundles the assets once and makes what every page is drawn with.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refusal } from "../domain/refusals.ts";
import { buildAssets, type Assets } from "./assets.ts";
import { createLayout, type Layout } from "./layout.tsx";
import { createRefusalPages } from "./refusal-page.tsx";

export interface Web {
  assets: Assets;
  /** Where browsers find posters; see openWeb. */
  staticUrl: string;
  /** A whole HTML document around a page's content. */
  page: Layout;
  /** Draws a refusal for a person; for `createServer`. */
  renderRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply;
}

/**
 * Bundles styles and islands (about 100 ms) and answers what pages need. `staticUrl` is where browsers find posters: below
 * this server's own `/static`, or at a CDN (`https://cdn.example.org`), whose images the server's security headers must allow.
 */
export async function openWeb(staticUrl = "/static"): Promise<Web> {
  const assets = await buildAssets();
  const page = createLayout(assets, staticUrl);
  return { assets, staticUrl, page, renderRefusal: createRefusalPages(page) };
}
