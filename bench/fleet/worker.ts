// The worker's row is measured by its own command; here it is run and read.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Row } from "../machine.ts";
import { whole } from "./figures.ts";

const command = fileURLToPath(new URL("../worker-apply.ts", import.meta.url));
const hook = fileURLToPath(new URL("../../bin/tsx-hook.mjs", import.meta.url));
const limit = 20_000;

export async function measureWorker(): Promise<{ rows: Row[]; notes: string[] }> {
  // It ends with 1 if its limit is missed: that is a figure like others.
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", hook, command]).catch(
    (error: unknown) => error as { stdout: string },
  );
  const found = [...stdout.matchAll(/^(?:holds|MISS ) {2}(.+)\n +(\d+) tickets\/s/gm)];
  if (found.length === 0) throw new Error(`bench/worker-apply.ts said:\n${stdout}`);
  return {
    rows: found.map(([, work = "", rate]) => ({
      work: `worker applying orders to PostgreSQL, ${work}`,
      figure: `${whole(Number(rate))} tickets/s`,
      limit: `≥ ${whole(limit)} tickets/s`,
      holds: Number(rate) >= limit,
    })),
    notes: [],
  };
}
