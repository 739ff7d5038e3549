// What is done with the stills of a show: added, moved, taken away.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { formValues, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { fileForm } from "./form-file.ts";
import { enter, param, type SellerPageServices, type Visit } from "./frame.tsx";
import { drawShow } from "./shows.tsx";

/** `POST /sell/:sellerId/shows/:showId/stills`, `…/stills/move`, `…/stills/remove`. */
export function registerShowStills(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  const at = "/sell/:sellerId/shows/:showId/stills";

  /** Gives a show other stills, made of the ids of those that it has; `done` is said afterwards. */
  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    values: FormValues,
    done: string,
    make: (ids: readonly string[]) => Promise<readonly string[]> | readonly string[],
  ): Promise<FastifyReply> {
    const show = await authoring.show(visit.by.sellerId, param(request, "showId"));
    const tried = await attempt(values, ["image"], async () => {
      const stillIds = await make(show.stills.map(({ id }) => id));
      return authoring.changeShow(visit.by, show.id, { stillIds });
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/shows/${show.id}?done=${done}#stills`);
    return drawShow(services, reply, visit, show, undefined, tried.status, tried.form);
  }

  server.post(at, async (request, reply) => {
    const visit = await enter(services, request, "list");
    const { values, file, tooLarge } = await fileForm(request, "image");
    return change(request, reply, visit, values, "added", async (ids) => {
      if (tooLarge) throw tooLarge;
      // Cut and sent by the page's script before the form.
      const cut = values.text("stillId", 64);
      if (cut !== "") return [...ids, cut];
      if (!file) throw new PageRefusal("invalid_request", t.stills.noFile, { field: "image" });
      return [...ids, (await authoring.addPoster(visit.by, file, undefined, "still")).id];
    });
  });
  server.post(`${at}/move`, async (request, reply) => {
    const visit = await enter(services, request, "list");
    const values = formValues(request);
    return change(request, reply, visit, values, "saved", (ids) =>
      moved(ids, values.text("stillId", 64), values.text("by", 2) === "-1" ? -1 : 1),
    );
  });
  server.post(`${at}/remove`, async (request, reply) => {
    const visit = await enter(services, request, "list");
    const values = formValues(request);
    return change(request, reply, visit, values, "removed", (ids) =>
      ids.filter((id) => id !== values.text("stillId", 64)),
    );
  });
}

/** The same ids with one of them a place further; as they are if it is none of them or at the end. */
function moved(ids: readonly string[], id: string, by: 1 | -1): readonly string[] {
  const [from, to] = [ids.indexOf(id), ids.indexOf(id) + by];
  const neighbour = ids[to];
  if (from < 0 || neighbour === undefined) return ids;
  return ids.with(from, neighbour).with(to, id);
}
