// Sellers' reports, on a thread of their own: SQLite answers on the thread that asks, and a chain's totals may take seconds in
// which nothing could be sold.

import { parentPort, workerData } from "node:worker_threads";
import { openStore } from "../store/open.ts";
import { createSellerReports, type SellerReports } from "../store/seller-reports.ts";

export interface ReportQuestion {
  id: number;
  name: keyof SellerReports;
  parameters: readonly unknown[];
}

export type ReportAnswer = { id: number; answer: unknown } | { id: number; failure: string };

const port = parentPort;
if (!port) throw new Error("this file runs as a thread");
const { storeFile } = workerData as { storeFile: string };
const reports = createSellerReports(openStore({ kind: "sqlite", file: storeFile }));

port.on("message", (question: ReportQuestion) => void answer(question).then((said) => port.postMessage(said)));

async function answer({ id, name, parameters }: ReportQuestion): Promise<ReportAnswer> {
  try {
    const ask = reports[name] as (...parameters: readonly unknown[]) => Promise<unknown>;
    return { id, answer: await ask(...parameters) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
