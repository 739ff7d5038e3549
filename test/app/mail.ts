// What an installation without a mail server has sent: files below its folder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { simpleParser, type ParsedMail } from "mailparser";

/** The mails of a kind to an address, once there are so many. */
async function mailsTo(folder: string, kind: string, email: string, count: number): Promise<readonly ParsedMail[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
    const letters = files.filter((file) => new RegExp(`(?:^|/)${kind}-[^/]*\\.eml$`).test(file));
    const mails = await Promise.all(letters.map((file) => simpleParser(readFileSync(join(folder, file)))));
    const found = mails.filter(({ to }) => to && !Array.isArray(to) && to.text.includes(email));
    if (found.length >= count) return found;
    await pause(50);
  }
  throw new Error(`fewer than ${count} mails of the kind ${kind} were sent to ${email}`);
}

/** The path of the link in a mail of a kind to an address. `folder` is that of the installation, or of a fleet. */
export async function mailedPath(folder: string, kind: string, email: string): Promise<string> {
  const [path = ""] = await mailedPaths(folder, kind, email, 1);
  return path;
}

/** As `mailedPath`, of all mails of the kind to the address once there are `count`, in no order. */
export async function mailedPaths(folder: string, kind: string, email: string, count: number): Promise<string[]> {
  const mails = await mailsTo(folder, kind, email, count);
  return mails.map(({ text = "" }) => {
    const { pathname, search } = new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? "");
    return pathname + search;
  });
}
