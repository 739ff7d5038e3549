// One request to the sandbox's process: JSON over connections that are kept, with a time limit.

import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { PaymentUnknown } from "../port.ts";

export interface AskSettings {
  /** `http://127.0.0.1:4000` */
  url: string;
  secret: string;
  /** From the first byte sent to the last one received. */
  timeoutMs: number;
}

export interface Answer {
  status: number;
  body: unknown;
}

export interface Asker {
  /**
   * Asks once; a second time only if a kept connection turned out to be closed, which every call bears (see wire.ts). Answers what
   * was said below 500. Throws PaymentUnknown for everything after which nobody knows what was done.
   */
  ask(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer>;
  close(): void;
}

/** Calls that wait, because the provider is slow, must not keep others from being made. */
const maxConnections = 512;
/** Below what the service allows. */
const idleMs = 30_000;

export function createAsker({ url, secret, timeoutMs }: AskSettings): Asker {
  const base = new URL(url);
  const protocol = base.protocol === "https:" ? https : http;
  const agent = new protocol.Agent({ keepAlive: true, maxSockets: maxConnections, timeout: idleMs });
  const prefix = base.pathname.replace(/\/$/, "");
  const authorization = secret === "" ? {} : { authorization: `Bearer ${secret}` };
  const unknown = (why: string, cause?: unknown) =>
    new PaymentUnknown(`The payment provider at ${base.origin} ${why}`, { cause });

  const once = (method: string, path: string, text: string | undefined) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const request: ClientRequest = protocol.request({
      agent,
      method,
      hostname: base.hostname.replace(/^\[|\]$/g, ""),
      port: base.port,
      path: prefix + path,
      headers: {
        ...authorization,
        ...(text === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      },
    });
    const timer = setTimeout(() => request.destroy(unknown(`did not answer within ${timeoutMs} ms`)), timeoutMs);
    request.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on("response", (response) => {
      read(response)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
    request.end(text);
    return { request, answer: promise };
  };

  return {
    async ask(method, path, body) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      let going = once(method, path, text);
      let answer: Answer;
      try {
        answer = await going.answer.catch((error: unknown) => {
          if (!going.request.reusedSocket || !isClosed(error)) throw error;
          going = once(method, path, text);
          return going.answer;
        });
      } catch (error) {
        throw error instanceof PaymentUnknown ? error : unknown("cannot be reached", error);
      }
      if (answer.status >= 500) throw unknown(`answered ${answer.status}`);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

function isClosed(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "EPIPE";
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  // What is no JSON comes from somebody between us and the provider: that is as good as no answer.
  return { status: response.statusCode ?? 0, body: JSON.parse(text) as unknown };
}
