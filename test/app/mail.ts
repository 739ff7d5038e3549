// What an installation without a mail server has sent: files below its folder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { simpleParser, type ParsedMail } from "mailparser";

/** The mails of a kind to an address, once there is one. */
async function mailsTo(folder: string, kind: string, email: string): Promise<readonly ParsedMail[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
    const letters = files.filter((file) => new RegExp(`(?:^|/)${kind}-[^/]*\\.eml$`).test(file));
    const mails = await Promise.all(letters.map((file) => simpleParser(readFileSync(join(folder, file)))));
    const found = mails.filter(({ to }) => to && !Array.isArray(to) && to.text.includes(email));
    if (found.length > 0) return found;
    await pause(50);
  }
  throw new Error(`no mail of the kind ${kind} was sent to ${email}`);
}

/** The path of the link in a mail of a kind to an address. `folder` is that of the installation, or of a fleet. */
export async function mailedPath(folder: string, kind: string, email: string): Promise<string> {
  const [mail] = await mailsTo(folder, kind, email);
  const link = /https?:\/\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  const { pathname, search } = new URL(link);
  return pathname + search;
}
