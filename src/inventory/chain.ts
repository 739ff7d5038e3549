import { hash } from "node:crypto";

/** The hash of a log entry: SHA-256 over the hash before it and its body's JSON, hex. The first of a partition follows "". */
export function chainHash(before: string, body: string): string {
  return hash("sha256", before + body, "hex");
}
