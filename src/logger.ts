// The log: JSON lines on standard error. No line holds a password, a token, a secret or an e-mail address, whoever wrote it
// and wherever in it they stand: the finished line is searched, so that an error's message is cleaned as well as a field.

import { pino, type DestinationStream, type Logger } from "pino";

const secretFields =
  /"((?:[a-z]*[_-]?)?(?:password|token|secret|cookie|set-cookie|authorization|email)|key)":"(?:[^"\\]|\\.)*"/gi;
const emailAddress = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*/g;
const ticketToken = /\bv1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;
const urlCredentials = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"]+@/gi;
const secretParameter = /([?&](?:secret|token|code|key)=)[^&\s"\\]+/gi;
const mark = "[removed]";

/** A line of the log without what must not be kept. */
export function cleanLine(line: string): string {
  return line
    .replaceAll(secretFields, `"$1":"${mark}"`)
    .replaceAll(urlCredentials, `$1${mark}@`)
    .replaceAll(emailAddress, mark)
    .replaceAll(ticketToken, mark)
    .replaceAll(secretParameter, `$1${mark}`);
}

/** A logger of one level; `destination` is standard error if not said. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: cleanLine },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
