// Opens the origin that a setting names.

import { ConfigError } from "../config.ts";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import { createFolderContent } from "./folder.ts";
import { parseOrigin } from "./address.ts";
import { createS3Content } from "./s3.ts";
import type { Origin } from "./static-content.ts";

export interface OriginSettings {
  /** A folder's absolute path, or `s3://bucket/prefix?endpoint=…&region=…`; see parseOrigin. */
  origin: string;
  s3Key: string;
  s3Secret: string;
  clock: Clock;
  random: RandomBytes;
}

/** Opens an origin; connects to nothing yet. Throws ConfigError with a sentence for a setting that is wrong. */
export function openOrigin({ origin, s3Key, s3Secret, clock, random }: OriginSettings): Origin {
  const address = parseOrigin(origin);
  if (address.kind === "folder") return createFolderContent(address.folder, random);
  if (s3Key === "" || s3Secret === "") throw new ConfigError("An s3:// origin needs a key and its secret.");
  return createS3Content({ address, key: s3Key, secret: s3Secret, clock, random });
}
