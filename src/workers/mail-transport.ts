// Where mails go: to an SMTP server, or, where none is set, into files.

import { mkdirSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";

export interface MailAttachment {
  filename: string;
  content: Buffer;
  contentType: string;
}

/** A mail as it leaves. */
export interface OutgoingMail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  attachments?: readonly MailAttachment[];
  /** The Message-ID header, by which mailboxes know a mail that comes twice. */
  messageId: string;
  date: Date;
}

export interface MailTransport {
  /** Resolves when the mail was accepted. The same id is the same mail: a process that dies at the wrong moment sends it twice. */
  send(mail: OutgoingMail, id: string): Promise<void>;
  close(): void;
}

export interface MailSettings {
  /** `smtp://user:password@host:port`; "" for files. */
  mail: string;
  mailFrom: string;
  /** Where the files go: `<data>/mail`. */
  folder: string;
}

/** The transport that the settings ask for. */
export function createMailTransport({ mail, mailFrom, folder }: MailSettings): MailTransport {
  return mail === "" ? fileTransport(folder, mailFrom) : smtpTransport(mail, mailFrom);
}

// A server that hangs must not hold a mail for longer than its lease in the outbox.
const smtpTimeoutMs = 30_000;

/** Names and texts come from people: nothing in them may be read as a file or an address to fetch. */
const closed = { disableFileAccess: true, disableUrlAccess: true } as const;

function messageOf({ attachments = [], ...mail }: OutgoingMail) {
  return { ...mail, ...closed, attachments: [...attachments] };
}

function smtpTransport(url: string, from: string): MailTransport {
  const smtp = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: smtpTimeoutMs,
    greetingTimeout: smtpTimeoutMs,
    socketTimeout: smtpTimeoutMs,
  });
  return {
    async send(mail) {
      await smtp.sendMail({ ...messageOf(mail), from });
    },
    close: () => smtp.close(),
  };
}

function fileTransport(folder: string, from: string): MailTransport {
  mkdirSync(folder, { recursive: true });
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return {
    async send(mail, id) {
      const { message } = await composer.sendMail({ ...messageOf(mail), from });
      const file = join(folder, `${id.replace(/[^\w.-]/g, "_")}.eml`);
      // Mails hold links that open orders: nobody but the program's own user reads them.
      await writeFile(`${file}.new`, message, { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    close: () => composer.close(),
  };
}
