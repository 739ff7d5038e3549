import { hash } from "node:crypto";

/** The hash of a log entry: SHA-256 over the hash before it and its body's JSON, hex. The first of a partition follows "". */
export function chainHash(before: string, body: string): string {
  return hash("sha256", before + body, "hex");
}

/**
 * Whether an entry follows the one before it. Redis can only compute SHA-1, so its logs chain by that: the length of a hash says
 * which. Against accidents both are enough; against whoever may write the log, neither is.
 */
export function isChained(before: string, body: string, entryHash: string): boolean {
  return hash(entryHash.length === 40 ? "sha1" : "sha256", before + body, "hex") === entryHash;
}
