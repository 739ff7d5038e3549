// Posters, and the cards they stand on.

import type { ComponentChildren } from "preact";
import { t } from "../messages.ts";

/** A poster in the proportion 2:3, or its title on a coloured ground where there is none. */
export function Poster(props: { title: string; src: string; eager?: boolean; alt?: string }) {
  if (props.src === "") {
    return (
      <div class={`poster poster-drawn poster-tone-${toneOf(props.title)}`} aria-hidden="true">
        <span>{props.title}</span>
      </div>
    );
  }
  const src = props.src.startsWith("/") || /^https?:/.test(props.src) ? props.src : `/static/${props.src}`;
  const loading = props.eager ? {} : { loading: "lazy" as const };
  return (
    <img class="poster" src={src} alt={props.alt ?? t.poster(props.title)} width={400} height={600} {...loading} />
  );
}

function toneOf(title: string): number {
  let sum = 0;
  for (const character of title) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return sum % 6;
}

/** A card with a poster: the whole card is its title's link. */
export function PosterCard(props: {
  href: string;
  title: string;
  poster: string;
  eager?: boolean;
  children: ComponentChildren;
}) {
  return (
    <article class="poster-card">
      <Poster title={props.title} src={props.poster} eager={props.eager ?? false} alt="" />
      <div class="poster-card-text">
        <h3>
          <a class="cover" href={props.href}>
            {props.title}
          </a>
        </h3>
        {props.children}
      </div>
    </article>
  );
}
