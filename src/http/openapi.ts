// The API described by its own schemas: OpenAPI 3.1 at /api/openapi.json, browsable at /api/docs.

import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { Server } from "./server.ts";

export interface OpenApiSettings {
  /** Of Marquee. */
  version: string;
  /** Where the API answers, for those who read the document elsewhere. */
  publicUrl: string;
}

const about = [
  "Find shows, hold seats, buy tickets, sell and scan them.",
  "Money is an integer in minor units with an ISO 4217 currency; instants are RFC 3339.",
  "Lists page by `limit` and `cursor` and answer `items` and `next`. Unknown fields are refused.",
  "Errors are problem documents (RFC 9457) with a stable `code`.",
].join("\n\n");

const problem = {
  description: "A refusal, by stable code",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        required: ["type", "title", "status", "code", "detail"],
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          code: { type: "string" },
          detail: { type: "string" },
          field: { type: "string" },
        },
      },
    },
  },
};

/** Must be called before the routes are added: it sees those that come after it. Pages and health are left out. */
export async function addOpenApi(server: Server, settings: OpenApiSettings): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Marquee", version: settings.version, description: about, license: { name: "Apache-2.0" } },
      servers: [{ url: settings.publicUrl }],
    },
    transform: ({ schema, url }) => ({ schema: { ...schema, hide: !url.startsWith("/api/v1/") }, url }),
    transformObject: (document) => ("openapiObject" in document ? withProblems(document.openapiObject) : {}),
  });
  server.get("/api/openapi.json", { schema: { hide: true } }, async (_request, reply) => {
    void reply.header("cache-control", "public, max-age=60");
    return server.swagger();
  });
  await server.register(swaggerUi, {
    routePrefix: "/api/docs",
    // The only page whose styles are set from a script; scripts themselves stay bound to this origin.
    transformStaticCSP: (header) => `${header};style-src 'self' 'unsafe-inline'`,
  });
}

/** Every call can be refused; saying so once here keeps it out of every route. */
function withProblems<Document extends { paths?: object }>(document: Document): Document {
  for (const path of Object.values(document.paths ?? {}) as Record<string, { responses?: Record<string, unknown> }>[]) {
    for (const operation of Object.values(path)) {
      if (operation.responses) operation.responses["default"] ??= problem;
    }
  }
  return document;
}
