// Where files lie that are served as they are, under names that never change their content: the origin that a CDN fetches
// from. Back ends: a folder (folder.ts), which the application or nginx serves; any S3 (s3.ts).

export interface StaticContent {
  /**
   * Keeps bytes for ever under a name such as `media/ab/abcd….webp`; answers the path below the static content's root.
   * A name stands for the same bytes for ever: putting it again changes nothing, whatever the bytes. RangeError for what is
   * no name; OriginError if the origin cannot be written to.
   */
  put(name: string, bytes: Uint8Array, contentType: string): Promise<string>;
}

/** Static content that somebody tends: with the few documents that say what is current, and with an end for what is over. */
export interface Origin extends StaticContent {
  /** Writes a document that readers ask for again and again; it is there whole, before or after. The last one stays. */
  replace(name: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** The bytes of a name; undefined if there are none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** All names below a folder such as `catalogue`, in any order. What others put there under names of another form is left out. */
  names(folder: string): Promise<readonly string[]>;
  /** Ends names; those that are not there are no error. */
  remove(names: readonly string[]): Promise<void>;
}

/** The origin does not answer, or refuses us. The message is a sentence for the operator, without secrets. */
export class OriginError extends Error {}

/** For what is kept for ever under its name, and for what is replaced: a CDN asks for that at most this often. */
export const cacheControls = {
  immutable: "public, max-age=31536000, immutable",
  replaced: "public, max-age=5, stale-while-revalidate=60, stale-if-error=86400",
} as const;

const namePattern = /^[A-Za-z0-9][A-Za-z0-9-]*(\/[A-Za-z0-9][A-Za-z0-9-]*)*\.[a-z0-9]+$/;

/** Whether a text is a name: folders and one file of letters, digits and `-`, with an extension. */
export function isContentName(text: string): boolean {
  return namePattern.test(text);
}

/** Throws RangeError for what is no name; above all for one that leads out of the folder. */
export function checkContentName(name: string): void {
  if (!isContentName(name)) throw new RangeError(`no name for a file: ${name}`);
}
