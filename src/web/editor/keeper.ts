// Keeps a drawing safe: checks it while it changes, keeps a draft in the browser, and saves it when asked to.

import { effect, signal, type Signal } from "@preact/signals";
import { seatMapFaults } from "../../domain/seat-map-check.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import type { Desk } from "./desk.ts";
import { readSeatMap, writeSeatMap } from "./document.ts";
import type { Draft, Drafts } from "./drafts.ts";
import type { Drawing } from "./drawing.ts";
import { fetchSeatMap, sendSeatMap } from "./saving.ts";

/** What is said above the canvas, with what can be done about it. */
export type Notice =
  | { kind: "restored"; at: number }
  | { kind: "outdated"; draft: Draft }
  | { kind: "changed-meanwhile" }
  | { kind: "faulty" }
  | { kind: "refused"; sentence: string }
  | { kind: "offline" }
  /** `unpriced`: codes of sections that the seats before did not have. */
  | { kind: "saved"; unpriced: readonly string[] };

export interface Keeper {
  notice: Signal<Notice | undefined>;
  saving: Signal<boolean>;
  /** Whether the browser has the drawing as it is now. */
  kept: Signal<boolean>;
  /** `anyway`: over what somebody else saved meanwhile. */
  save(anyway?: boolean): Promise<void>;
  openDraft(draft: Draft): void;
  dropDraft(): void;
  loadTheirs(): Promise<void>;
  close(): void;
}

const checkAfterMs = 200;
const keepAfterMs = 1_000;

export interface KeeperSettings {
  desk: Desk;
  drafts: Drafts;
  address: string;
  seatMapId: string;
  /** Milliseconds since 1970. */
  clock: () => number;
}

export function openKeeper(settings: KeeperSettings): Keeper {
  const { desk, drafts, address, clock } = settings;
  let basedOn = settings.seatMapId;
  const notice = signal<Notice | undefined>(undefined);
  const [saving, kept] = [signal(false), signal(false)];
  const present = () => desk.history.value.present.drawing;
  const check = () => (desk.faults.value = seatMapFaults(writeSeatMap(present())));
  const keep = () => {
    if (present() === desk.saved.value) return;
    kept.value = drafts.keep({ basedOn, at: clock(), map: writeSeatMap(present()) });
  };
  const checking = later(check, checkAfterMs);
  const keeping = later(keep, keepAfterMs);
  const stopWatching = effect(() => {
    const changed = desk.history.value.present.drawing !== desk.saved.value;
    kept.value = false;
    if (notice.peek()?.kind === "saved" || notice.peek()?.kind === "faulty") notice.value = undefined;
    checking.ask();
    if (changed) keeping.ask();
    else keeping.drop();
  });
  const onHide = () => keeping.now();
  window.addEventListener("pagehide", onHide);
  const saved = (drawing: Drawing, seatMapId: string) => {
    basedOn = seatMapId;
    desk.saved.value = drawing;
    drafts.drop();
    if (present() !== drawing) keeping.ask();
  };
  return {
    notice,
    saving,
    kept,
    async save(anyway = false) {
      const drawing = present();
      if (saving.value || (drawing === desk.saved.value && !anyway)) return;
      if (check().length > 0) return void (notice.value = { kind: "faulty" });
      saving.value = true;
      const sent = await sendSeatMap(address, writeSeatMap(drawing), anyway ? undefined : basedOn);
      saving.value = false;
      if (sent.kind !== "saved") return void (notice.value = sent);
      const before = new Set(desk.saved.value.areas.map((area) => area.id));
      saved(drawing, sent.seatMapId);
      const unpriced = drawing.areas.map((area) => area.id).filter((id) => !before.has(id));
      notice.value = { kind: "saved", unpriced };
    },
    openDraft: (draft) => openMap(desk, draft.map) && void (notice.value = { kind: "restored", at: draft.at }),
    dropDraft() {
      drafts.drop();
      notice.value = undefined;
      if (present() !== desk.saved.value) desk.replace(desk.saved.value);
    },
    async loadTheirs() {
      const theirs = await fetchSeatMap(address);
      if (!theirs) return void (notice.value = { kind: "offline" });
      const drawing = readSeatMap(theirs.seatMap);
      desk.replace(drawing);
      saved(drawing, theirs.seatMapId);
      notice.value = undefined;
    },
    close() {
      stopWatching();
      window.removeEventListener("pagehide", onHide);
      checking.drop();
      keeping.now();
    },
  };
}

/** Opens what lay in the browser since the last time, if it was made from what is saved now; else offers it. */
export function restoreDraft(keeper: Keeper, drafts: Drafts, seatMapId: string): void {
  const draft = drafts.read();
  if (!draft) return;
  if (draft.basedOn === seatMapId) keeper.openDraft(draft);
  else keeper.notice.value = { kind: "outdated", draft };
}

/** Begins with another seat map; false if it is none. */
export function openMap(desk: Desk, map: SeatMap): boolean {
  try {
    const drawing = readSeatMap(map);
    writeSeatMap(drawing);
    if (!Number.isFinite(drawing.width + drawing.height + drawing.stage.x + drawing.focus.x)) return false;
    desk.replace(drawing);
    return true;
  } catch {
    return false;
  }
}

/** Something to be done once nothing happens for a while, when the browser has time. */
function later(work: () => unknown, afterMs: number): { ask(): void; now(): void; drop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = () => {
    if (timer === undefined) return;
    drop();
    work();
  };
  return {
    ask() {
      drop();
      timer = setTimeout(now, afterMs);
    },
    now,
    drop,
  };
}
