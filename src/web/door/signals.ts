// What a scan sounds and feels like: who stands at a door looks at people, not at the screen.

const kept = "marquee-door-quiet";

/** One high tone for in, two low ones for not, one in between for unsure. Pitch in Hz, length in seconds. */
const tones = {
  yes: [[1_320, 0.12]],
  no: [
    [220, 0.22],
    [180, 0.3],
  ],
  unsure: [[440, 0.25]],
} as const;
const shakes = { yes: [80], no: [220, 90, 220], unsure: [120, 60, 120] } as const;

export class Signals {
  readonly #box: HTMLInputElement;
  #audio: AudioContext | undefined;

  /** `box` switches them; its choice is kept on this device. */
  constructor(box: HTMLInputElement) {
    this.#box = box;
    box.checked = localStorage.getItem(kept) !== "yes";
    box.addEventListener("change", () => localStorage.setItem(kept, box.checked ? "no" : "yes"));
    // Browsers let a page sound only after somebody touched it.
    for (const name of ["pointerdown", "keydown"] as const)
      document.addEventListener(name, () => void (this.#audio ??= new AudioContext()).resume(), { once: true });
  }

  give(tone: keyof typeof tones): void {
    if (!this.#box.checked) return;
    // Safari on phones has none.
    if ("vibrate" in navigator) navigator.vibrate([...shakes[tone]]);
    const audio = this.#audio;
    if (audio?.state !== "running") return;
    let at = audio.currentTime;
    for (const [pitch, length] of tones[tone]) {
      const [voice, volume] = [audio.createOscillator(), audio.createGain()];
      voice.frequency.value = pitch;
      voice.type = tone === "yes" ? "sine" : "square";
      volume.gain.setValueAtTime(0.25, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + length);
      voice.connect(volume).connect(audio.destination);
      voice.start(at);
      voice.stop(at + length);
      at += length + 0.05;
    }
  }
}
