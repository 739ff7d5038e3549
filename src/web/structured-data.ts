// What pages say to machines that read: schema.org, as JSON-LD.

import type { Show, Showing, Venue } from "../catalogue/model.ts";
import type { ShowingFormat } from "../domain/formats.ts";
import { currencyDigits } from "../domain/money.ts";
import type { PageServices } from "./services.ts";
import { fileAddress } from "./static-url.ts";
import { instantText } from "./times.ts";

/** Addresses as others see them. */
export interface Site {
  publicUrl: string;
  /** Where posters lie: a whole address. */
  staticUrl: string;
}

/** The addresses of a site that is drawn with such services. */
export function siteOf({ publicUrl, web: { staticUrl } }: Pick<PageServices, "publicUrl" | "web">): Site {
  return { publicUrl, staticUrl: staticUrl.startsWith("/") ? publicUrl + staticUrl : staticUrl };
}

export interface SoldShowing {
  showing: Showing;
  venue: Venue;
  free: number;
}

/** A show with some of its showings: a film is a Movie that is screened, anything else an Event each time. */
export function showData(site: Site, show: Show, showings: readonly SoldShowing[]): unknown {
  const events = showings.map((sold) => eventData(site, show, sold));
  const graph = show.kind === "film" ? [movieData(site, show), ...events] : events;
  return { "@context": "https://schema.org", "@graph": graph };
}

/** The whole address of a poster; undefined if there is none. */
export function posterAddress({ staticUrl }: Site, { poster }: Pick<Show, "poster">): string | undefined {
  return poster === "" ? undefined : fileAddress(staticUrl, poster);
}

function movieData(site: Site, show: Show) {
  return {
    "@type": "Movie",
    "@id": `${showAddress(site, show)}#movie`,
    ...workData(site, show),
    url: showAddress(site, show),
    genre: show.genres,
    director: show.directors.map(person),
    actor: show.cast.map(person),
    ...(show.runningMinutes > 0 ? { duration: `PT${show.runningMinutes}M` } : {}),
    ...(show.rating === "" ? {} : { contentRating: show.rating }),
    ...(show.year === undefined ? {} : { dateCreated: String(show.year) }),
    ...(show.language === "" ? {} : { inLanguage: show.language }),
  };
}

/** Those of schema.org. */
const videoFormats: Partial<Record<ShowingFormat, string>> = { imax: "IMAX", "3d": "3D" };

function eventData(site: Site, show: Show, { showing, venue, free }: SoldShowing) {
  const url = `${site.publicUrl}/showings/${showing.id}`;
  const pictures = showing.formats.flatMap((format) => videoFormats[format] ?? []);
  const about =
    show.kind === "film"
      ? { workPresented: { "@id": `${showAddress(site, show)}#movie` } }
      : { ...workData(site, show), performer: show.cast.map(person) };
  return {
    "@type": show.kind === "film" ? "ScreeningEvent" : "Event",
    name: show.title,
    ...about,
    url,
    startDate: instantText(showing.startsAt),
    endDate: instantText(showing.endsAt),
    eventStatus: `https://schema.org/${showing.status === "cancelled" ? "EventCancelled" : "EventScheduled"}`,
    ...(pictures.length > 0 ? { videoFormat: pictures.join(", ") } : {}),
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    location: venueData(site, venue),
    organizer: { "@type": "Organization", name: venue.sellerName },
    offers: {
      "@type": "AggregateOffer",
      url,
      priceCurrency: showing.prices.currency,
      lowPrice: price(showing.priceMinMinor, showing.prices.currency),
      highPrice: price(showing.priceMaxMinor, showing.prices.currency),
      availability: `https://schema.org/${free > 0 ? "InStock" : "SoldOut"}`,
    },
  };
}

/** A venue by itself. */
export function venuePageData(site: Site, venue: Venue): unknown {
  return { "@context": "https://schema.org", ...venueData(site, venue) };
}

function venueData({ publicUrl }: Site, venue: Venue) {
  return {
    "@type": "EventVenue",
    name: venue.name,
    url: `${publicUrl}/venues/${venue.id}`,
    address: {
      "@type": "PostalAddress",
      streetAddress: venue.address,
      addressLocality: venue.city,
      addressRegion: venue.region,
      addressCountry: venue.country,
    },
    geo: { "@type": "GeoCoordinates", latitude: venue.latitude, longitude: venue.longitude },
  };
}

function workData(site: Site, show: Show) {
  const image = posterAddress(site, show);
  return {
    name: show.title,
    ...(show.synopsis === "" ? {} : { description: show.synopsis }),
    ...(image === undefined ? {} : { image }),
  };
}

const person = (name: string) => ({ "@type": "Person", name });

function showAddress({ publicUrl }: Site, { id }: Show): string {
  return `${publicUrl}/shows/${id}`;
}

/** `12.50`, whatever the reader's language. */
function price(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}
