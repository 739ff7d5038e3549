// A house that is struck: an installation in a child process, a client who keeps what it was told, and the look afterwards.

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { verifyFolder } from "../../src/installation.ts";
import { openHouse, openShop, visitor, type Answer, type Shop, type Visitor } from "../app/setting.ts";

export interface Template {
  folder: string;
  shop: Shop;
  dispose(): Promise<void>;
}

/** An installation with one showing on sale, to be copied for each test. */
export async function makeTemplate(): Promise<Template> {
  const house = await openHouse({ "writes-per-minute": "0" });
  const shop = await openShop(house);
  await house.app.caughtUp();
  await house.app.close();
  return { folder: house.folder, shop, dispose: () => rm(house.folder, { recursive: true, force: true }) };
}

/** A copy of the template's installation in a folder of its own. */
export async function copyOf(template: Template): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "marquee-fault-"));
  await cp(template.folder, folder, { recursive: true });
  return folder;
}

export interface Struck {
  url: string;
  /** How the process ended, and what it said last. */
  end: Promise<{ code: number | null; signal: string | null; stderr: string }>;
  kill(): void;
}

const hook = fileURLToPath(new URL("../../bin/tsx-hook.mjs", import.meta.url));
const entry = fileURLToPath(new URL("child.ts", import.meta.url));

/** Starts the child; `shell` may set limits before it runs. */
export async function startChild(folder: string, failpoint?: string, limitBlocks?: number): Promise<Struck> {
  const command = [process.execPath, "--import", hook, entry, folder, ...(failpoint === undefined ? [] : [failpoint])];
  const child: ChildProcess =
    limitBlocks === undefined
      ? spawn(command[0] ?? "", command.slice(1), { stdio: ["ignore", "pipe", "pipe"] })
      : spawn("bash", ["-c", `ulimit -f ${limitBlocks}; exec "$@"`, "bash", ...command], {
          stdio: ["ignore", "pipe", "pipe"],
        });
  let stderr = "";
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  const end = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stderr,
  }));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (text: Buffer) => resolve(text.toString().trim()));
    void end.then(() => reject(new Error(`the child did not start: ${stderr}`)));
  });
  return { url, end, kill: () => void child.kill("SIGKILL") };
}

/** What a client was told, in order; the last step may have no answer. */
export interface Told {
  orderId: string;
  hold?: { id: string; totalMinor: number };
  order?: { id: string; status: string; key: string; tickets: { id: string; seat: string }[]; totalMinor: number };
  orderStatus?: number;
  admitted?: boolean;
  refunded?: boolean;
}

class Gone extends Error {}

/** Asks; throws Gone if the process died before it answered. */
async function ask(
  who: Visitor,
  method: string,
  path: string,
  body?: object,
): Promise<Answer<Record<string, unknown>>> {
  try {
    return await who.ask(method, path, body);
  } catch (error) {
    throw new Gone("no answer", { cause: error });
  }
}

/** Somebody who holds two seats, pays, is scanned in, and gives one back; until the process dies. */
export class Client {
  readonly told: Told;
  readonly buyer: Visitor;
  private readonly house: { url: string };
  private readonly shop: Shop;
  private readonly token: string;

  private readonly wish: object;
  private readonly showing: number;

  constructor(house: { url: string }, shop: Shop, token: string, wish: object = { seats: ["C-7", "C-8"] }, count = 0) {
    this.house = house;
    this.wish = wish;
    // A room has 120 seats: then the next showing.
    this.showing = Math.floor(count / 115);
    this.shop = shop;
    this.token = token;
    this.buyer = visitor(house);
    this.told = { orderId: crypto.randomUUID() };
  }

  /** Answers whether all of it was done. */
  async visit(): Promise<boolean> {
    try {
      await this.hold();
      await this.pay();
      if (this.told.order?.status !== "confirmed") return true;
      await this.goIn();
      await this.giveBack();
      return true;
    } catch (error) {
      if (error instanceof Gone) return false;
      throw error;
    }
  }

  /** Holds and pays; answers whether it was told how that ended. */
  async buyOnly(): Promise<boolean> {
    try {
      await this.hold();
      await this.pay();
      return true;
    } catch (error) {
      if (error instanceof Gone) return false;
      throw error;
    }
  }

  async hold(): Promise<void> {
    const path = `/api/v1/showings/${this.shop.showingIds[this.showing]}/holds`;
    const { status, body } = await ask(this.buyer, "POST", path, this.wish);
    equal(status, 201, JSON.stringify(body));
    this.told.hold = body as unknown as NonNullable<Told["hold"]>;
  }

  /** Places the order, or asks for it again with the same id and body. */
  async pay(): Promise<number> {
    const { status, body } = await ask(this.buyer, "POST", "/api/v1/orders", {
      id: this.told.orderId,
      holdId: this.told.hold?.id,
      buyer: { email: "ada@example.org", name: "Ada" },
      payment: { provider: "sandbox", token: this.token },
    });
    ok([201, 202, 402, 410].includes(status), `${status}: ${JSON.stringify(body)}`);
    this.told.orderStatus = status;
    if (status < 300) this.told.order = body as unknown as NonNullable<Told["order"]>;
    return status;
  }

  private async goIn(): Promise<void> {
    const { order } = this.told;
    const { body } = await ask(this.buyer, "GET", `/api/v1/orders/${order?.id}/tickets?key=${order?.key}`);
    const [first] = body["items"] as { token: string }[];
    const seller = await this.seller();
    const scan = await ask(seller, "POST", "/api/v1/scans", { token: first?.token, gate: "north" });
    equal(scan.status, 200, JSON.stringify(scan.body));
    this.told.admitted = true;
  }

  private async giveBack(): Promise<void> {
    const { order } = this.told;
    const path = `/api/v1/sellers/${this.shop.sellerId}/orders/${order?.id}/refunds`;
    const seats = [order?.tickets[1]?.seat];
    const { status, body } = await ask(await this.seller(), "POST", path, {
      id: "refund-of-one-seat",
      seats,
      reason: "ill",
    });
    ok(status < 300, `${status}: ${JSON.stringify(body)}`);
    this.told.refunded = true;
  }

  private async seller(): Promise<Visitor> {
    const seller = visitor(this.house);
    const { email } = this.shop;
    const { status } = await ask(seller, "POST", "/api/v1/session", { email, password: "velvet rope 1927" });
    ok(status < 300, "the seller signs in");
    return seller;
  }
}

/** Starts again a minute later, lets the reconciler and the worker do their part, and fails unless everything is whole. */
export async function recoverAndLook(
  folder: string,
  then: (url: string, app: Awaited<ReturnType<typeof openApp>>) => Promise<void>,
): Promise<void> {
  const clock = () => Date.now() + 60_000;
  const flags = { data: folder, port: "0", "log-level": "silent", "writes-per-minute": "0" };
  const app = await openApp(readConfig(flags, {}), { clock });
  try {
    deepEqual(app.inventory.closedPartitions(), []);
    await then(await app.listen(), app);
    await app.sales.reconcileUnfinished();
    await app.sales.reconcileReserved(0);
    await app.caughtUp();
  } finally {
    await app.close();
  }
  const checks = await verifyFolder(folder, undefined, clock);
  deepEqual(
    checks.flatMap(({ violations }) => violations),
    [],
  );
  deepEqual(
    checks.filter(({ underWay }) => underWay > 0),
    [],
    "everything has come to its end",
  );
}
