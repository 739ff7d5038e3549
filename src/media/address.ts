// What an origin's setting says: a folder, or a bucket of some S3.

import { isAbsolute } from "node:path";
import { ConfigError } from "../config.ts";

/** A bucket, or a part of one. */
export interface S3Address {
  kind: "s3";
  bucket: string;
  /** Names begin with this; "" or ends with "/". */
  prefix: string;
  /** `https://host[:port]`, without the bucket. */
  endpoint: string;
  region: string;
  /** Whether the bucket stands in the path or before the host. */
  style: "path" | "virtual";
}

export type OriginAddress = { kind: "folder"; folder: string } | S3Address;

const wanted = "s3://bucket/prefix?endpoint=https://host&region=us-east-1";

/**
 * Reads `/srv/static`, or `s3://bucket/prefix?endpoint=https://host&region=us-east-1&style=path`. Without an endpoint it is
 * Amazon's own, which then needs a region. Throws ConfigError with a sentence for anything else.
 */
export function parseOrigin(text: string): OriginAddress {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    if (isAbsolute(text)) return { kind: "folder", folder: text };
    throw new ConfigError(`The origin must be a folder's absolute path or ${wanted}, not "${text}".`);
  }
  if (!text.startsWith("s3://") || !URL.canParse(text)) {
    throw new ConfigError(`The origin must be a folder, or begin with s3:// and look like ${wanted}.`);
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new ConfigError("The origin's key and secret have settings of their own and do not stand in its address.");
  }
  const bucket = url.host;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new ConfigError(
      `The origin's bucket must be 3 to 63 lower-case letters, digits, "." or "-", not "${bucket}".`,
    );
  }
  const prefix = url.pathname.replace(/^\/+|\/+$/g, "");
  if (prefix !== "" && !/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(prefix)) {
    throw new ConfigError(
      `The origin's prefix may have letters, digits, "_", "." and "-" between slashes, not "${prefix}".`,
    );
  }
  return { kind: "s3", bucket, prefix: prefix === "" ? "" : `${prefix}/`, ...whereOf(url.searchParams) };
}

function whereOf(query: URLSearchParams): Pick<S3Address, "endpoint" | "region" | "style"> {
  const unknown = [...query.keys()].find((name) => !["endpoint", "region", "style"].includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(`The origin's address takes endpoint, region and style after the "?", not "${unknown}".`);
  }
  const style = query.get("style") ?? "path";
  if (style !== "path" && style !== "virtual") {
    throw new ConfigError(
      `The origin's style is path (host/bucket/name) or virtual (bucket.host/name), not "${style}".`,
    );
  }
  const region = query.get("region");
  if (region !== null && !/^[a-z0-9-]+$/.test(region)) {
    throw new ConfigError(`The origin's region must be like us-east-1, not "${region}".`);
  }
  const endpoint = query.get("endpoint");
  if (endpoint === null) {
    if (region === null) throw new ConfigError("The origin needs an endpoint, or the region of a bucket at Amazon.");
    return { endpoint: `https://s3.${region}.amazonaws.com`, region, style };
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search !== "" || url.username !== "") {
    throw new ConfigError(`The origin's endpoint must be like https://host or http://host:9000, not "${endpoint}".`);
  }
  return { endpoint: url.origin, region: region ?? "us-east-1", style };
}
