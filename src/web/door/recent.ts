// Codes that were just sent: a camera sees the same one ten times a second, and a scanner's trigger is pressed twice.

/** A code is sent again after so long; one that the camera sees, only after it has been out of sight for so long. */
const sameCodeMs = 3_000;

export class Recent {
  /** By code, the device's running time; `sure` once it came to an answer or may still. */
  readonly #codes = new Map<string, { at: number; sure: boolean }>();
  #last = "";

  /**
   * Whether to send a code that was seen just now. By hand only the last one is held back, and what came to no answer is tried
   * again at once.
   */
  isNew(code: string, byHand: boolean): boolean {
    const now = performance.now();
    const known = this.#codes.get(code);
    const same = byHand ? code === this.#last && known?.sure === true : known !== undefined;
    if (same && known && now - known.at < sameCodeMs) {
      if (known.sure) known.at = now;
      return false;
    }
    for (const [old, { at }] of this.#codes) if (now - at >= sameCodeMs) this.#codes.delete(old);
    this.#codes.set(code, { at: now, sure: true });
    this.#last = code;
    return true;
  }

  /** It came to no answer. */
  unsure(code: string): void {
    const known = this.#codes.get(code);
    if (known) known.sure = false;
  }
}
