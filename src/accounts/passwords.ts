// Password hashes: argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane).

import { hash, verify } from "@node-rs/argon2";
import { Refusal } from "../domain/refusals.ts";

export interface Passwords {
  /** The hash in PHC form. Refuses `unavailable` if too many wait already. */
  hash(password: string): Promise<string>;
  /** Whether the password belongs to the hash; without a hash the same work is done, and the answer is no. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of 32 random bytes that nobody kept, with the parameters above: what is verified when there is no account. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$aJjLHIyGRNBceI5uUhQkPw$65PYMpchH2isiT28cfxAOXJpC2QhEY8QRsmQACivpYI";

// Hashes run in libuv's pool of four threads, which files and compression need as well: two at a time leave them room. At
// about 30 ms each, a hundred waiting are 1.5 s.
const atOnce = 2;
const maxWaiting = 100;

/** The hasher of one process. */
export function createPasswords(): Passwords {
  const turn = createTurns(atOnce, maxWaiting);
  return {
    hash: (password) => turn(() => hash(password.normalize("NFKC"), parameters)),
    verify: (passwordHash, password) =>
      turn(async () => {
        const right = await verify(passwordHash ?? nobodysHash, password.normalize("NFKC"));
        return right && passwordHash !== undefined;
      }),
  };
}

/** Runs `limit` pieces of work at once, the others in order; refuses `unavailable` when `maxWaiting` wait. */
function createTurns(limit: number, maxWaiting: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) {
      if (waiting.length >= maxWaiting) {
        throw new Refusal("unavailable", "Very many people are signing in. Try again in a moment.", {
          retryAfterMs: 2_000,
        });
      }
      // Whoever ends hands its place over, so that nobody comes between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
