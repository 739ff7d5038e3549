// How a good client asks: with a time limit, and again with the same request until somebody answers.

import { setTimeout as wait } from "node:timers/promises";

export interface Answer<Body> {
  status: number;
  body: Body;
}

const oneTryMs = 4_000;
const againMs = 100;
/** A minute to heal, and some time until then. */
const giveUpMs = 90_000;
const askAgain = new Set(["order_in_progress", "refund_pending", "too_many_requests"]);

export class NobodyAnswers extends Error {}

/** Somebody with a cookie jar. Throws NobodyAnswers. */
export class Client {
  private readonly url: string;
  private readonly cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  async ask<Body extends object = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    const until = performance.now() + giveUpMs;
    for (;;) {
      const answer = await this.once<Body>(method, path, body, headers);
      const { code } = (answer?.body ?? {}) as { code?: string };
      if (answer && answer.status < 500 && !askAgain.has(code ?? "")) return answer;
      if (performance.now() > until) {
        const last = answer ? `${answer.status} ${JSON.stringify(answer.body)}` : "no answer";
        throw new NobodyAnswers(`${method} ${path} was not answered for ${giveUpMs} ms, last: ${last}`);
      }
      await wait(againMs);
    }
  }

  /** Undefined if nobody answered. */
  private async once<Body>(
    method: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer<Body> | undefined> {
    try {
      const response = await fetch(this.url + path, {
        method,
        redirect: "manual",
        signal: AbortSignal.timeout(oneTryMs),
        headers: {
          ...headers,
          ...(body ? { "content-type": "application/json" } : {}),
          cookie: Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join("; "),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        this.cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json");
      return { status: response.status, body: (isJson && text ? JSON.parse(text) : {}) as Body };
    } catch {
      return undefined;
    }
  }
}
