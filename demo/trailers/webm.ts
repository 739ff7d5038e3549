// A silent film as WebM, of pictures alone: a lossy WebP holds one key frame of VP8, and WebM is VP8 in Matroska. So a film needs
// no other encoder than the one for posters. https://www.webmproject.org/docs/container/, RFC 6386, RFC 9649.

export interface Film {
  width: number;
  height: number;
  framesPerSecond: number;
  /** Each a whole WebP file of that size: lossy, without transparency. */
  frames: readonly Uint8Array[];
}

/** The bytes of a film. RangeError for a frame that is no lossy WebP. */
export function webm(film: Film): Buffer {
  const { width, height, framesPerSecond, frames } = film;
  const info = element(0x1549a966, [
    element(0x2ad7b1, uint(1_000_000)),
    element(0x4489, float((frames.length / framesPerSecond) * 1_000)),
    element(0x4d80, text("Marquee")),
    element(0x5741, text("Marquee")),
  ]);
  const video = element(0xe0, [element(0xb0, uint(width)), element(0xba, uint(height))]);
  const track = [
    element(0xd7, uint(1)),
    element(0x73c5, uint(1)),
    element(0x83, uint(1)),
    element(0x86, text("V_VP8")),
    video,
  ];
  const head = Buffer.concat([info, element(0x1654ae6b, element(0xae, track))]);
  const clusters = clustersOf(film);
  return Buffer.concat([
    element(0x1a45dfa3, [element(0x4282, text("webm")), element(0x4287, uint(4)), element(0x4285, uint(2))]),
    element(0x18538067, [head, cuesOf(head.length, clusters), ...clusters.map(({ bytes }) => bytes)]),
  ]);
}

interface Cluster {
  atMs: number;
  bytes: Buffer;
}

/** A second each, since a block says its time within the cluster in 16 bits. */
function clustersOf({ frames, framesPerSecond }: Film): Cluster[] {
  const clusters: Cluster[] = [];
  for (let from = 0; from < frames.length; from += framesPerSecond) {
    const atMs = Math.round((from / framesPerSecond) * 1_000);
    const blocks = frames.slice(from, from + framesPerSecond).map((frame, index) => {
      const head = Buffer.from([0x81, 0, 0, 0x80]);
      head.writeInt16BE(Math.round((index / framesPerSecond) * 1_000), 1);
      return element(0xa3, [head, keyFrame(frame)]);
    });
    clusters.push({ atMs, bytes: element(0x1f43b675, [element(0xe7, uint(atMs)), ...blocks]) });
  }
  return clusters;
}

/** Where to go on for each second. Positions are eight bytes whatever they are, so that they do not move what they point at. */
function cuesOf(headLength: number, clusters: readonly Cluster[]): Buffer {
  const cues = (cuesLength: number) => {
    let at = headLength + cuesLength;
    const points = clusters.map(({ atMs, bytes }) => {
      const position = element(0xf1, uint(at, 8));
      at += bytes.length;
      return element(0xbb, [element(0xb3, uint(atMs, 8)), element(0xb7, [element(0xf7, uint(1)), position])]);
    });
    return element(0x1c53bb6b, points);
  };
  return cues(cues(0).length);
}

/** The VP8 of a WebP file: RIFF chunks, of which `VP8 ` is the picture. */
function keyFrame(file: Uint8Array): Buffer {
  const bytes = Buffer.from(file);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString("latin1", at, at + 4) === "VP8 ") return bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  throw new RangeError("a frame of a film is a lossy WebP");
}

/** An EBML element: its id, which holds its own length, the length of the content in eight bytes, the content. */
function element(id: number, content: Buffer | readonly Buffer[]): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length));
  size[0] = 0x01;
  return Buffer.concat([uint(id), size, body]);
}

function uint(value: number, length = Math.max(1, Math.ceil(Math.log2(value + 1) / 8))): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - length);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

const text = (value: string) => Buffer.from(value, "latin1");
