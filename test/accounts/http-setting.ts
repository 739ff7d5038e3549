import { createVisitors } from "../../src/http/context.ts";
import { accountRoutes } from "../../src/http/routes/accounts.ts";
import { meRoutes } from "../../src/http/routes/me.ts";
import { passwordResetRoutes } from "../../src/http/routes/password-resets.ts";
import { sellerRoutes } from "../../src/http/routes/sellers.ts";
import { sessionRoutes } from "../../src/http/routes/session.ts";
import { createServer, type Server } from "../../src/http/server.ts";
import { password, type Setting } from "./setting.ts";
import { keyOf } from "./signed-up.ts";

export interface Answer {
  status: number;
  /** The parsed body, if there is one. */
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** Attributes of the session cookie that was set. */
  cookie: { value: string; [attribute: string]: unknown } | undefined;
}

/** Somebody with a browser: sends the cookies that were set last. */
export interface Visitor {
  send(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answer>;
  secret(): string | undefined;
}

export const publicUrl = "https://tickets.example.org";

/** What a test that signs somebody up needs to read the mail. */
export type Registering = Pick<Setting, "accounts">;

/** A server with the routes about accounts and sellers. */
export async function serve({ accounts, random }: Setting, secure = true): Promise<Server & Registering> {
  const server = await createServer({ logger: false, trustProxy: false, secure, writesPerMinute: 0 });
  const visitors = createVisitors(accounts, { secure }, random);
  accountRoutes(server, { accounts, visitors });
  sessionRoutes(server, { accounts, visitors });
  meRoutes(server, { accounts, visitors });
  passwordResetRoutes(server, { accounts, visitors });
  sellerRoutes(server, { accounts, visitors, publicUrl });
  return Object.assign(server, { accounts });
}

export function visitor(server: Server): Visitor {
  const kept = new Map<string, string>();
  return {
    secret: () => kept.get("__Host-marquee"),
    async send(method, path, body) {
      const answer = await server.inject({
        method,
        url: `/api/v1${path}`,
        ...(body && { payload: body }),
        cookies: Object.fromEntries(kept),
      });
      for (const { name, value } of answer.cookies) {
        if (value === "") kept.delete(name);
        else kept.set(name, value);
      }
      const cookie = answer.cookies.find(({ name }) => name === "__Host-marquee");
      const parsed: Record<string, unknown> = answer.body === "" ? {} : answer.json();
      return { status: answer.statusCode, body: parsed, headers: answer.headers, cookie: cookie && { ...cookie } };
    },
  };
}

/** Registers `ada` as `ada@example.org`; answers the visitor and the account's id. */
export async function registered(server: Server & Registering, name: string): Promise<Visitor & { id: string }> {
  const someone = visitor(server);
  const { path } = await server.accounts.register({ email: `${name}@example.org`, name, password });
  const { body } = await someone.send("POST", "/accounts/confirm", { token: keyOf(path), password });
  return { ...someone, id: (body["account"] as { id: string }).id };
}
