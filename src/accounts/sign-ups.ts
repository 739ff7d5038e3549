// Making an account: it is there when the link that was mailed to its address was followed. Whoever asks for one is answered
// alike whether or not the address has an account; the mail, which only the address's holder reads, tells.

import { newId, newSecret } from "../domain/ids.ts";
import { Refusal } from "../domain/refusals.ts";
import type { StoredSignUp } from "../store/sign-ups.ts";
import type { Accounts } from "./accounts.ts";
import type { Attempts } from "./attempts.ts";
import { confirmationMs, linkOver } from "./confirmations.ts";
import { emailOf, hashOf, isSecret, nameOf } from "./fields.ts";
import type { Judging } from "./judging.ts";
import { signInPath, signUpPath } from "./links.ts";
import type { AccountsSettings, Records } from "./parts.ts";
import { createPasswordRules } from "./password-rules.ts";
import type { Sessions } from "./sessions.ts";

type SignUps = Pick<Accounts, "register" | "registerAgain" | "signUp" | "confirmSignUp">;

export function createSignUps(
  { clock, random, passwords }: AccountsSettings,
  records: Records,
  sessions: Sessions,
  judging: Judging,
  attempts: Attempts,
): SignUps {
  const checkPassword = createPasswordRules();

  const send = (asked: Omit<StoredSignUp, "id" | "expiresAt">) =>
    records.within(async (tables) => {
      const { email, next, language } = asked;
      const now = clock();
      const id = newId(random);
      const secret = newSecret(random);
      const expiresAt = now + confirmationMs;
      const known = await tables.accounts.byEmail(email);
      // The same rows with and without an account: neither the answer nor its time tells which it was. Nobody learns the
      // secret of a sign-up whose address has one.
      await tables.signUps.insert({ ...asked, id, secretHash: hashOf(secret), expiresAt }, now);
      const to = { email, ...(language !== undefined && { language }) };
      await tables.outbox.enqueue(
        known
          ? { id: `sign-up-${id}`, kind: "account-known", body: { ...to, name: known.name, next } }
          : { id: `sign-up-${id}`, kind: "sign-up", body: { ...to, secret, expiresAt } },
        now,
      );
      return { id, path: known ? signInPath(next) : signUpPath(secret) };
    });

  const opened = async (secret: string): Promise<StoredSignUp> => {
    const found = isSecret(secret) ? await records.signUps.bySecret(hashOf(secret), clock()) : undefined;
    if (!found) throw linkOver();
    if (await records.accounts.byEmail(found.email)) throw known(found.next);
    return found;
  };

  const checkChosen = async ({ email, passwordHash }: StoredSignUp, password: string, address?: string) => {
    const field = "password";
    if (password === "") {
      throw new Refusal("invalid_request", "Give the password that was chosen when signing up.", { field });
    }
    // Counted with attempts to sign in: it is the password of the account that is to be.
    const attempt = judging.attempts.begin(`email ${email}`, address);
    if (await judging.judged(attempt, passwordHash, password)) return;
    throw new Refusal("wrong_credentials", "That is not the password that was chosen when signing up.", { field });
  };

  return {
    async register({ language, next = "", address, ...typed }) {
      const email = emailOf(typed.email);
      const name = nameOf(typed.name);
      checkPassword(typed.password, { field: "password", email, name });
      attempts.begin(email, address);
      const passwordHash = await passwords.hash(typed.password);
      return send({ email, name, passwordHash, next, ...(language !== undefined && { language }) });
    },

    async registerAgain(id, address) {
      const found = await records.signUps.byId(id, clock());
      if (!found) throw linkOver();
      attempts.begin(found.email, address);
      const { id: _, expiresAt: __, ...asked } = found;
      return send(asked);
    },

    async signUp(secret, asked) {
      const { id, email, next } = await opened(secret);
      return { email, next, askedHere: asked.includes(id) };
    },

    async confirmSignUp({ secret, asked, password = "", userAgent, address }) {
      const signUp = await opened(secret);
      if (!asked.includes(signUp.id)) await checkChosen(signUp, password, address);
      return records.within(async (tables) => {
        const { email, name, passwordHash, next } = signUp;
        // Several may have read it; who removes it is the one who has it.
        if (!(await tables.signUps.remove(signUp.id))) throw linkOver();
        const id = newId(random);
        const account = { id, email, name, operator: false, preferences: {} };
        if (!(await tables.accounts.insert({ ...account, passwordHash }, clock()))) throw known(next);
        return { account, secret: await sessions.start(id, userAgent, tables), next };
      });
    },
  };
}

/** Whoever hears it has followed a mail to the address. */
function known(next: string): Refusal {
  return new Refusal("email_taken", "There is an account with this e-mail address. Sign in instead.", { next });
}
