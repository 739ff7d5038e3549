// Changes of seats as they happen. A stream that is refused, since too many watch, is tried again after a while; until then the
// page shows what it showed, and the sale decides.

export interface LiveParts {
  showing: string;
  /** The version of the seats that the page shows. */
  version: number;
  whole(states: string): void;
  change(places: Iterable<readonly [place: number, letter: string]>): void;
}

const againMs = 10_000;

/** Follows a showing for as long as the page is there. */
export function followSeats({ showing, version, whole, change }: LiveParts): void {
  let seen = version;
  let stream: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    const mine = new EventSource(`/api/v1/showings/${showing}/seats/stream?seen=${seen}`);
    stream = mine;
    mine.addEventListener("seats", ({ data }: MessageEvent<string>) => {
      const news = JSON.parse(data) as { version: number; states: string };
      seen = news.version;
      whole(news.states);
    });
    mine.addEventListener("change", ({ data }: MessageEvent<string>) => {
      const news = JSON.parse(data) as { version: number; places: Record<string, string> };
      seen = news.version;
      change(Object.entries(news.places).map(([place, letter]) => [Number(place), letter] as const));
    });
    mine.addEventListener("error", () => {
      if (mine.readyState !== EventSource.CLOSED) return;
      // Not all at once.
      again = setTimeout(open, againMs * (0.5 + Math.random()));
    });
  };
  const close = () => {
    clearTimeout(again);
    stream?.close();
  };
  open();
  addEventListener("pagehide", close);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) open();
  });
}
