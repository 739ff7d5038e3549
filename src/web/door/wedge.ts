// Scanners that pretend to be keyboards: they type a code and press Enter, wherever the focus happens to be.

/** A longer pause between two keys begins anew: scanners leave some milliseconds, people who rest a hand on the keys much more. */
const pauseMs = 500;

export function listenToWedge(door: {
  /** The field that codes are for: what is typed there goes the usual way. */
  ignore: HTMLElement;
  /** A field for something else that a code may end up in: it then gets back what it had. */
  spared: HTMLInputElement;
  /** The code that a text ends in, if it does. */
  code(text: string): string | undefined;
  take(code: string): void;
}): void {
  let typed = "";
  let before = -Infinity;
  let untouched = "";
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target === door.ignore || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.timeStamp - before > pauseMs) typed = "";
      before = event.timeStamp;
      if (typed === "") untouched = door.spared.value;
      if (event.key.length === 1) {
        typed += event.key;
        // A space or a letter would press what has the focus.
        if (typed.length > 1 && !(event.target instanceof HTMLInputElement)) event.preventDefault();
        return;
      }
      if (event.key !== "Enter") return;
      const code = door.code(typed);
      typed = "";
      if (code === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.target === door.spared) door.spared.value = untouched;
      door.take(code);
    },
    { capture: true },
  );
}
