// A draft of what was not saved yet, in this browser alone: closing the page by mistake loses nothing.

import type { SeatMap } from "../../domain/seat-map.ts";

export interface Draft {
  /** The seat map that it was made from. */
  basedOn: string;
  /** Milliseconds since 1970. */
  at: number;
  map: SeatMap;
}

export interface Drafts {
  read(): Draft | undefined;
  /** False if the browser keeps nothing: a private window, or no room. */
  keep(draft: Draft): boolean;
  drop(): void;
}

/** The draft of one auditorium. */
export function draftsOf(storage: Storage | undefined, auditoriumId: string): Drafts {
  const name = `marquee-auditorium-${auditoriumId}`;
  return {
    read() {
      try {
        const draft = JSON.parse(storage?.getItem(name) ?? "null") as Draft | null;
        return draft && typeof draft.basedOn === "string" && Array.isArray(draft.map?.sections) ? draft : undefined;
      } catch {
        return undefined;
      }
    },
    keep(draft) {
      try {
        storage?.setItem(name, JSON.stringify(draft));
        return storage !== undefined;
      } catch {
        return false;
      }
    },
    drop() {
      try {
        storage?.removeItem(name);
      } catch {
        // A browser that keeps nothing has nothing to drop.
      }
    },
  };
}

/** The browser's own storage; undefined where it may not be used. */
export function ownStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
