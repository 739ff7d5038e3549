// The head of a show's page: poster, title, what it is about, who is in it, and the trailer, on a dark stage.

import type { Show } from "../../catalogue/model.ts";
import { withQuery } from "../addresses.ts";
import { t } from "../messages.ts";
import { durationText, languageText } from "../times.ts";
import { Poster } from "./poster.tsx";
import { Trailer } from "./trailer.tsx";

export function Stage({ show }: { show: Show }) {
  const facts = [
    show.runningMinutes > 0 && durationText(show.runningMinutes),
    show.year && String(show.year),
    show.language && languageText(show.language),
  ].filter(Boolean);
  return (
    <div class="stage">
      {show.poster !== "" && (
        <div class="stage-ground">
          <Poster title="" src={show.poster} alt="" eager />
        </div>
      )}
      <div class="wrap wide stage-row">
        <Poster title={show.title} src={show.poster} size="large" eager="first" morph={show.id} />
        <div class="stage-head">
          <p class="stage-kind">{t.show.kinds[show.kind]}</p>
          <h1>{show.title}</h1>
          <p class="stage-facts">
            {show.rating && <span class="stage-rating">{show.rating}</span>}
            <span>{facts.join(" · ")}</span>
          </p>
          <ul class="chips">
            {show.genres.map((genre) => (
              <li key={genre}>
                <a class="chip" href={withQuery("/", { genre })}>
                  {genre}
                </a>
              </li>
            ))}
          </ul>
        </div>
        <div class="stage-text">
          {show.synopsis && <p class="synopsis">{show.synopsis}</p>}
          <dl class="credits">
            <People name={t.show.directors(show.directors.length)} people={show.directors} />
            <People name={t.show.cast} people={show.cast} />
          </dl>
          <p class="actions">
            <a class="button button-main" href="#showtimes">
              {t.show.tickets}
            </a>
          </p>
        </div>
        <Trailer show={show} />
      </div>
    </div>
  );
}

/** Names that lead to what else they are in. */
function People({ name, people }: { name: string; people: readonly string[] }) {
  if (people.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <ul class="names">
          {people.map((person) => (
            <li key={person}>
              <a href={withQuery("/", { q: person })}>{person}</a>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
