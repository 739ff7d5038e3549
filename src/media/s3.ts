// Static content in a bucket of any S3. aws4fetch signs; this file says what is asked and what the answers mean.

import { AwsClient } from "aws4fetch";
import { createHash } from "node:crypto";
import type { Clock } from "../domain/clock.ts";
import type { RandomBytes } from "../domain/ids.ts";
import type { S3Address } from "./address.ts";
import { cacheControls, checkContentName, isContentName, OriginError, type Origin } from "./static-content.ts";

export interface S3Settings {
  address: S3Address;
  key: string;
  secret: string;
  clock: Clock;
  /** Spreads the retries of many processes. */
  random: RandomBytes;
  /** How long one call may take in all, retries included. */
  patienceMs?: number;
  /** How long one request may take. */
  attemptMs?: number;
  wait?: (ms: number) => Promise<void>;
}

interface Asked {
  method: "GET" | "HEAD" | "PUT" | "DELETE";
  name?: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
}

interface Answer {
  status: number;
  body: Buffer;
}

const usualPatienceMs = 10_000;
const usualAttemptMs = 5_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;
/** Beside the network's faults: what S3 says when it is busy, or when two writers of one name met (409). */
const worthRetrying = new Set([408, 409, 429, 500, 502, 503, 504]);

/** Static content in a bucket, with the cache headers that the CDN passes on. Every call ends within `patienceMs`. */
export function createS3Content(settings: S3Settings): Origin {
  const { address } = settings;
  const ask = createAsking(settings);
  /** Refuses every status but those that the caller knows what to do with. */
  async function expect(asked: Asked, ...statuses: readonly number[]): Promise<Answer> {
    const answer = await ask(asked);
    if (statuses.includes(answer.status)) return answer;
    throw new OriginError(sentenceOf(address, asked, answer));
  }
  const put = (name: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>, ...also: number[]) =>
    expect({ method: "PUT", name, body: bytes, headers }, 200, ...also);

  return {
    async put(name, bytes, contentType) {
      checkContentName(name);
      const there = await expect({ method: "HEAD", name }, 200, 404);
      if (there.status === 200) return name;
      const headers = { "content-type": contentType, "cache-control": cacheControls.immutable };
      // 412: another process was faster. 501: an S3 without conditional writes; what it has there is the same.
      const answer = await put(name, bytes, { ...headers, "if-none-match": "*" }, 412, 501);
      if (answer.status === 501) await put(name, bytes, headers);
      return name;
    },
    async replace(name, bytes, contentType) {
      checkContentName(name);
      await put(name, bytes, { "content-type": contentType, "cache-control": cacheControls.replaced });
    },
    async read(name) {
      checkContentName(name);
      const { status, body } = await expect({ method: "GET", name }, 200, 404);
      // A bucket that is not there is a wrong setting, and no absent file.
      if (status === 404 && codeOf(body) === "NoSuchBucket")
        throw new OriginError(sentenceOf(address, { method: "GET", name }, { status, body }));
      return status === 200 ? body : undefined;
    },
    async names(folder) {
      const found: string[] = [];
      let page: string | undefined;
      do {
        const query = {
          "list-type": "2",
          prefix: `${address.prefix}${folder}/`,
          ...(page === undefined ? {} : { "continuation-token": page }),
        };
        const text = (await expect({ method: "GET", query }, 200)).body.toString("utf8");
        for (const [, key = ""] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) found.push(key.slice(address.prefix.length));
        page = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1]?.replaceAll("&amp;", "&");
      } while (page !== undefined);
      return found.filter(isContentName);
    },
    async remove(names) {
      for (const name of names) {
        checkContentName(name);
        await expect({ method: "DELETE", name }, 200, 204, 404);
      }
    },
  };
}

/** Sends a request until it is answered with more than "later", or the patience ends. */
function createAsking(settings: S3Settings): (asked: Asked) => Promise<Answer> {
  const { address, key, secret, clock, random } = settings;
  const { patienceMs = usualPatienceMs, attemptMs = usualAttemptMs } = settings;
  const wait = settings.wait ?? ((ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)));
  // Its own retries are off: they know no limit in time.
  const signer = new AwsClient({
    accessKeyId: key,
    secretAccessKey: secret,
    service: "s3",
    region: address.region,
    retries: 0,
  });

  async function attempt({ method, body, headers, ...rest }: Asked, timeoutMs: number): Promise<Answer> {
    const sha256 = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const request = await signer.sign(urlOf(address, rest), {
      method,
      ...(body ? { body: Buffer.from(body) } : {}),
      headers: { ...headers, "x-amz-content-sha256": sha256 },
      // A bucket that moved is a wrong setting; following would send the signature to a host that it is not for.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      aws: { datetime: datetimeOf(clock()), allHeaders: true },
    });
    const response = await fetch(request);
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  }
  return async (asked) => {
    const until = clock() + patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const left = Math.max(1, until - clock());
      const answer = await attempt(asked, Math.ceil(Math.min(attemptMs, left))).catch((error: unknown) =>
        reasonOf(error),
      );
      const failed = typeof answer === "string" || worthRetrying.has(answer.status);
      if (!failed) return answer;
      const jittered = Math.round((pauseMs * (1 + (random(1)[0] ?? 0) / 256)) / 2);
      if (clock() + jittered < until) await wait(jittered);
      else if (typeof answer === "string")
        throw new OriginError(`The origin ${nameOf(address)} does not answer: ${answer}.`);
      else throw new OriginError(sentenceOf(address, asked, answer));
    }
  };
}

function urlOf({ endpoint, bucket, prefix, style }: S3Address, { name, query }: Pick<Asked, "name" | "query">): string {
  const url = new URL(endpoint);
  if (style === "virtual") url.hostname = `${bucket}.${url.hostname}`;
  const inside = name === undefined ? "" : prefix + name;
  url.pathname = style === "virtual" ? `/${inside}` : `/${bucket}/${inside}`;
  for (const [parameter, value] of Object.entries(query ?? {})) url.searchParams.set(parameter, value);
  return url.href;
}

/** `20261122T190000Z` */
function datetimeOf(now: number): string {
  return new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, "");
}

/** What went wrong on the way, in a few words. Whatever else was thrown is a bug, and goes on its way. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "it takes too long";
  if (!(error instanceof TypeError && error.cause instanceof Error)) throw error;
  const { cause } = error;
  return "code" in cause ? `${String(cause.code)} ${cause.message}`.trim() : cause.message;
}

const nameOf = ({ bucket, endpoint }: S3Address) => `s3://${bucket} at ${endpoint}`;
const codeOf = (body: Buffer) => /<Code>([^<]*)<\/Code>/.exec(body.toString("utf8"))?.[1] ?? "";

/** What operators can do something about, by S3's own codes. A HEAD has no body, so there the status must do. */
const meanings: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: "the secret of the key is another one",
  InvalidAccessKeyId: "it does not know the key",
  AccessDenied: "the key may not do this there",
  NoSuchBucket: "there is no such bucket",
  RequestTimeTooSkewed: "this machine's clock is wrong",
  PermanentRedirect: "the bucket is in another region",
  TemporaryRedirect: "the bucket is in another region",
  AuthorizationHeaderMalformed: "the bucket is in another region",
  403: "the key, its secret, what it may do there, or this machine's clock is wrong",
  301: "the bucket is in another region",
};

function sentenceOf(address: S3Address, asked: Asked, { status, body }: Answer): string {
  const code = codeOf(body);
  const meaning = meanings[code] ?? meanings[status];
  const said = `${status}${code === "" ? "" : ` ${code}`}`;
  const about = asked.name === undefined ? "a list" : asked.name;
  return `The origin ${nameOf(address)} answered ${asked.method} of ${about} with ${said}${meaning ? `: ${meaning}` : ""}.`;
}
