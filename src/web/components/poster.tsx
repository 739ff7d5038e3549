// Posters, and the cards they stand on.

import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Show } from "../../catalogue/model.ts";
import { posterFilesOf } from "../../media/poster-files.ts";
import { t } from "../messages.ts";
import { fileAddress, StaticUrl } from "../static-url.ts";

/** How wide a poster stands: in a list, alone on its page, or beside a line of text. */
type PosterSize = "card" | "large" | "small";

/** As in styles/: what a browser needs to know before the style sheet is there. */
const sizes: Readonly<Record<PosterSize, string>> = {
  card: "(max-width: 40rem) 46vw, 15rem",
  large: "(max-width: 44rem) 8rem, 19rem",
  small: "8rem",
};

/** A poster in the proportion 2:3, or its title on a coloured ground where there is none. */
export function Poster(props: {
  title: string;
  src: string;
  size?: PosterSize;
  /** Does not wait until it is almost seen; the first go before all other pictures. */
  eager?: boolean | "first";
  alt?: string;
  /** The same poster on the page before and the next: it moves from the one place to the other. */
  morph?: string;
}) {
  const base = useContext(StaticUrl);
  const morph = props.morph === undefined ? {} : { "data-morph": `poster-${props.morph}` };
  if (props.src === "") {
    return (
      <div class={`poster poster-drawn poster-tone-${toneOf(props.title)}`} aria-hidden="true" {...morph}>
        <span>{props.title}</span>
      </div>
    );
  }
  const src = fileAddress(base, props.src);
  const files = posterFilesOf(props.src);
  const set = files.map(({ width, path }) => `${base}/${path} ${width}w`).join(", ");
  const offered = files.length > 1 ? { srcset: set, sizes: sizes[props.size ?? "small"] } : {};
  const loading =
    props.eager === "first" ? { fetchpriority: "high" as const } : props.eager ? {} : { loading: "lazy" as const };
  const alt = props.alt ?? t.poster(props.title);
  return <img class="poster" {...offered} src={src} alt={alt} width={400} height={600} {...loading} {...morph} />;
}

function toneOf(title: string): number {
  let sum = 0;
  for (const character of title) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return sum % 6;
}

/** A card with a poster: the whole card is its title's link. */
export function PosterCard(props: {
  href: string;
  show: Pick<Show, "id" | "title" | "poster">;
  eager?: boolean | "first";
  children: ComponentChildren;
}) {
  const { id, title, poster } = props.show;
  return (
    <article class="poster-card">
      <Poster title={title} src={poster} size="card" eager={props.eager ?? false} alt="" morph={id} />
      <div class="poster-card-text">
        <h3>
          <a class="cover" href={props.href}>
            {title}
          </a>
        </h3>
        {props.children}
      </div>
    </article>
  );
}
