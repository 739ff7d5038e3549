// Asking the edge over TLS as separate readers do: a connection for each request, or a load of them.

import { request, type RequestOptions } from "node:https";
import type { IncomingHttpHeaders } from "node:http";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Asked {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** Asks with certificate `ca`, on a connection of its own. */
export function ask(url: string, ca: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<Answer> {
  const options: RequestOptions = { method, headers: { ...headers }, ca, agent: false };
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

export interface Load extends AsyncDisposable {
  /** Resolves when so many more were answered. */
  more(count: number): Promise<void>;
  /** Ends the readers; resolves to what went wrong, each a sentence. */
  end(): Promise<readonly string[]>;
}

/** Readers who ask for these addresses in turn, each the next when it has an answer. Anything from 500 up is wrong. */
export function startLoad(readers: number, ask: (index: number) => Promise<Answer>): Load {
  const wrong: string[] = [];
  let answered = 0;
  let next = 0;
  const over = new AbortController();
  let waiting: { goal: number; resolve: () => void }[] = [];
  const read = async () => {
    while (!over.signal.aborted) {
      const index = next;
      next += 1;
      try {
        const { status } = await ask(index);
        if (status >= 500) wrong.push(`request ${index}: ${status}`);
      } catch (error) {
        wrong.push(`request ${index}: ${(error as Error).message}`);
      }
      answered += 1;
      for (const waiter of waiting) if (waiter.goal <= answered) waiter.resolve();
      waiting = waiting.filter((waiter) => waiter.goal > answered);
    }
  };
  const all = Array.from({ length: readers }, read);
  const end = async () => {
    over.abort();
    await Promise.all(all);
    return wrong;
  };
  return {
    more: (count) => new Promise((resolve) => waiting.push({ goal: answered + count, resolve })),
    end,
    [Symbol.asyncDispose]: async () => void (await end()),
  };
}
