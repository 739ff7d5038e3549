// Asks the thread that reads sellers' reports.

import { Worker } from "node:worker_threads";
import type { SellerReports } from "../store/seller-reports.ts";
import type { ReportAnswer, ReportQuestion } from "./reports-thread.ts";

export interface Reports {
  reports: SellerReports;
  close(): Promise<void>;
}

/** Reports of the store in a file. The thread begins with the first question: most processes of a test never ask. */
export function openReports(storeFile: string): Reports {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let thread: Worker | undefined;
  let asked = 0;

  const hear = (said: ReportAnswer) => {
    const question = waiting.get(said.id);
    waiting.delete(said.id);
    if ("failure" in said) question?.reject(new Error(said.failure));
    else question?.resolve(said.answer);
  };
  /** The next question begins a new thread. */
  const end = (fault: Error) => {
    thread = undefined;
    for (const question of waiting.values()) question.reject(fault);
    waiting.clear();
  };
  const begin = () => {
    const begun = new Worker(new URL("./reports-thread.ts", import.meta.url), { workerData: { storeFile } });
    begun.on("message", hear);
    begun.on("error", end);
    return begun;
  };
  const ask =
    <Name extends keyof SellerReports>(name: Name) =>
    (...parameters: Parameters<SellerReports[Name]>) => {
      asked += 1;
      const question = Promise.withResolvers<unknown>();
      waiting.set(asked, question);
      thread ??= begin();
      thread.postMessage({ id: asked, name, parameters } satisfies ReportQuestion);
      return question.promise as ReturnType<SellerReports[Name]>;
    };
  return {
    reports: {
      orders: ask("orders"),
      quarters: ask("quarters"),
      sold: ask("sold"),
      byShow: ask("byShow"),
      byVenue: ask("byVenue"),
      byStart: ask("byStart"),
      byShowing: ask("byShowing"),
      ofShowing: ask("ofShowing"),
      cancellation: ask("cancellation"),
    },
    async close() {
      await thread?.terminate();
      end(new Error("the reports are closed"));
    },
  };
}
