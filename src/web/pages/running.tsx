// All shows that run, as a page that lies at the static content's origin and needs no application to be shown. Its links are
// whole addresses, since it may be shown on a CDN's host.

import type { Show } from "../../catalogue/model.ts";
import { Empty } from "../components/frames.tsx";
import { PosterCard } from "../components/poster.tsx";
import { createLayout } from "../layout.tsx";
import { languages, type Language } from "../languages.ts";
import { speak, t } from "../messages.ts";
import type { Web } from "../open.ts";
import { durationText } from "../times.ts";

/** Cards that can be seen before anybody scrolls. */
const eagerCards = 6;
/** The most popular ones: 400 kB (6 compressed), drawn in 11 ms; 5,000 would keep a selling process for 100 ms. */
const mostCards = 500;

/** Draws the page of shows that are sorted already, in every language; the same shows give the same pages. `staticUrl` as in openWeb. */
export function createRunningPages(
  { assets }: Pick<Web, "assets">,
  { publicUrl, staticUrl = "/static" }: { publicUrl: string; staticUrl?: string },
): (shows: readonly Show[]) => Readonly<Record<Language, string>> {
  const page = createLayout(assets, staticUrl.startsWith("/") ? publicUrl + staticUrl : staticUrl);
  const draw = (shows: readonly Show[]) => {
    const html = page({
      title: t.running.title,
      description: t.home.description,
      address: "/",
      canonical: `${publicUrl}/`,
      part: "shows",
      wide: true,
      bare: true,
      body: <Running shows={shows} />,
    });
    return html.replaceAll(/ (href|src|action)="\/(?!\/)/g, ` $1="${publicUrl}/`);
  };
  return (shows) => {
    const drawn = languages.map((language) => [language, speak(language, () => draw(shows))] as const);
    return Object.fromEntries(drawn) as Record<Language, string>;
  };
}

function Running({ shows }: { shows: readonly Show[] }) {
  return (
    <>
      <div class="list-head">
        <h1>{t.running.title}</h1>
        <p class="lead">{t.running.lead}</p>
      </div>
      <h2>{shows.length > mostCards ? t.running.most(mostCards, shows.length) : t.home.foundAny(shows.length)}</h2>
      {shows.length === 0 ? (
        <Empty title={t.running.nothing} />
      ) : (
        <div class="poster-grid">
          {shows.slice(0, mostCards).map((show, index) => (
            <PosterCard key={show.id} href={`/shows/${show.id}`} show={show} eager={index < eagerCards}>
              <p class="poster-card-facts">{factsOf(show)}</p>
            </PosterCard>
          ))}
        </div>
      )}
    </>
  );
}

function factsOf({ rating, runningMinutes, genres }: Show): string {
  const length = runningMinutes > 0 ? durationText(runningMinutes) : "";
  return [rating, length, genres.slice(0, 2).join(", ")].filter((fact) => fact !== "").join(" · ");
}
