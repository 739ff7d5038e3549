// wrk from Debian's package: one thread of C that speaks TLS, so that the client costs little of the two cores and the same for everybody.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { clients } from "./figures.ts";

export interface Load {
  perSecond: number;
  requests: number;
}

/** Gets one address again and again. */
export async function getAgain(url: string, ms: number, headers: readonly string[] = []): Promise<Load> {
  return run(
    url,
    ms,
    headers.flatMap((header) => ["-H", header]),
  );
}

/** Buys two seats at a time in ever the next of `showingIds`: a hold, then an order for it. Throws if one is refused. */
export async function buyAgain(url: string, ms: number, showingIds: readonly string[], name: string): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), "marquee-bench-wrk-"));
  try {
    const script = join(folder, "buy.lua");
    writeFileSync(script, buyer(showingIds, name));
    return await run(url, ms, ["-s", script]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Answers come on any connection: whichever is free next orders for the oldest hold. */
const buyer = (showingIds: readonly string[], name: string) => `
local showings = { ${showingIds.map((id) => JSON.stringify(id)).join(", ")} }
local waiting, first, last, turn, orders = {}, 1, 0, 0, 0
local threads = {}
refused = ""
function setup(thread) threads[#threads + 1] = thread end
local head = { ["content-type"] = "application/json" }
function request()
  if first <= last then
    local hold = waiting[first]
    waiting[first] = nil
    first = first + 1
    orders = orders + 1
    return wrk.format("POST", "/api/v1/orders", head, string.format(
      '{"id":"bench-${name}-%09d","holdId":"%s","buyer":{"email":"buyer@example.org","name":"Billie Buyer"},"payment":{"provider":"sandbox","token":"tok_approve"}}',
      orders, hold))
  end
  turn = turn % #showings + 1
  return wrk.format("POST", "/api/v1/showings/" .. showings[turn] .. "/holds", head, '{"bestAvailable":{"quantity":2}}')
end
function response(status, _, body)
  if status ~= 201 then
    if refused == "" then refused = status .. " " .. body end
    return
  end
  local id = string.match(body, '^{"id":"([^"]*)"')
  if id ~= "order" and string.sub(id, 1, 6) ~= "bench-" then
    last = last + 1
    waiting[last] = id
  end
end
function done()
  for _, thread in ipairs(threads) do
    local why = thread:get("refused")
    if why ~= "" then io.write("REFUSED " .. string.sub(why, 1, 300) .. "\\n") end
  end
end
`;

async function run(url: string, ms: number, args: readonly string[]): Promise<Load> {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const { stdout } = await promisify(execFile)("wrk", ["-t1", `-c${clients}`, `-d${seconds}s`, ...args, url]);
  const refused = /^(?:REFUSED .*|\s*Non-2xx.*|\s*Socket errors: (?!connect 0, read 0, write 0, timeout 0).*)$/m.exec(
    stdout,
  );
  if (refused) throw new Error(`${url}: ${refused[0].trim()}`);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
  };
}
