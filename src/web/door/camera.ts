// The camera at the door: frames of the rear one are searched for codes, by the browser where it can, else by `qr`.

import { decodeQR } from "qr/decode.js";

/** A ticket's code has up to 61 modules a side: this leaves several pixels to each from an arm's length. */
const longestSide = 800;
/** Between two looks: a phone stays cool, and nobody waits. */
const pauseMs = 90;

interface Detector {
  detect(picture: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** `torch` is no part of the types yet. */
type Light = MediaTrackConstraintSet & { torch?: boolean };

export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #found: (code: string) => void;
  #stream: MediaStream | undefined;

  constructor(video: HTMLVideoElement, found: (code: string) => void) {
    this.#video = video;
    this.#found = found;
  }

  /** Opens it and looks until it is stopped. Throws what getUserMedia throws. */
  async start(): Promise<void> {
    const size = { width: { ideal: 1_280 }, height: { ideal: 720 } };
    const video = { facingMode: { ideal: "environment" }, ...size };
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    this.stop();
    this.#stream = stream;
    this.#video.srcObject = stream;
    await this.#video.play();
    const read = await reader();
    void this.#look(stream, read);
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
  }

  get hasLight(): boolean {
    const track = this.#track;
    return track !== undefined && "torch" in (track.getCapabilities?.() ?? {});
  }

  async light(torch: boolean): Promise<void> {
    await this.#track?.applyConstraints({ advanced: [{ torch } as Light] });
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  async #look(stream: MediaStream, read: (video: HTMLVideoElement) => Promise<string | undefined>): Promise<void> {
    while (this.#stream === stream) {
      await nextFrame(this.#video);
      if (this.#stream !== stream) return;
      const code = await read(this.#video);
      if (code !== undefined) this.#found(code);
    }
  }
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) =>
    setTimeout(() => {
      // Without a picture, as while a phone is locked, no frame would come.
      if (document.hidden || !("requestVideoFrameCallback" in video)) resolve();
      else video.requestVideoFrameCallback(() => resolve());
    }, pauseMs),
  );
}

async function reader(): Promise<(video: HTMLVideoElement) => Promise<string | undefined>> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = await own?.getSupportedFormats().catch((): string[] => []);
  if (own && formats?.includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, longestSide / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (!context || width === 0 || height === 0) return undefined;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    try {
      return decodeQR(context.getImageData(0, 0, width, height));
    } catch {
      return undefined;
    }
  };
}
