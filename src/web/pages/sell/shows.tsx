// A seller's shows: listed, added, changed, published, archived.

import type { FastifyReply } from "fastify";
import type { OwnShow, ShowInput } from "../../../catalogue/authoring/authoring.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ActionForm, ButtonLink } from "../../components/buttons.tsx";
import { Badge, Card, Empty, Notice, Table } from "../../components/frames.tsx";
import { Poster } from "../../components/poster.tsx";
import { freshForm, type FormState, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { durationText } from "../../times.ts";
import { fileForm, type FileForm } from "./form-file.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { ShowForm, showFields } from "./show-form.tsx";
import { StillsCard } from "./show-stills.tsx";

const tones = { draft: "plain", published: "good", archived: "warning" } as const;

/** `GET /sell/:sellerId/shows`, `…/shows/new`, `…/shows/:showId` and their forms. */
export function registerShows(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/shows", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const shows = await authoring.shows(visit.by.sellerId);
    return sendSellerPage(services, reply, visit, {
      title: t.sellShows.title,
      part: "/shows",
      actions: <ButtonLink href={`${visit.base}/shows/new`}>{t.sellShows.add}</ButtonLink>,
      body: <List visit={visit} shows={shows} />,
    });
  });
  server.get("/sell/:sellerId/shows/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    return drawNew(services, reply, visit, freshForm({ kind: "film", language: t.showForm.usualLanguage }));
  });
  server.post("/sell/:sellerId/shows/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const sent = await fileForm(request, "image");
    const tried = await attempt(sent.values, showFields, async () => {
      const posterId = await keepPoster(services, visit, sent);
      return authoring.addShow(visit.by, { ...readShow(sent.values), posterId: posterId ?? "" });
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/shows/${tried.made.id}?done=added`);
    return drawNew(services, reply, visit, tried.form, tried.status);
  });
  registerOne(server, services);
}

function registerOne(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/shows/:showId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const show = await authoring.show(visit.by.sellerId, param(request, "showId"));
    return drawShow(services, reply, visit, show);
  });
  server.post("/sell/:sellerId/shows/:showId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const show = await authoring.show(visit.by.sellerId, param(request, "showId"));
    const sent = await fileForm(request, "image");
    const tried = await attempt(sent.values, showFields, async () => {
      const posterId = await keepPoster(services, visit, sent);
      const change = { ...readShow(sent.values), ...(posterId === undefined ? {} : { posterId }) };
      return authoring.changeShow(visit.by, show.id, change);
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/shows/${show.id}?done=saved`);
    return drawShow(services, reply, visit, show, tried.form, tried.status);
  });
  for (const [verb, done] of [
    ["publish", "published"],
    ["archive", "archived"],
  ] as const) {
    server.post(`/sell/:sellerId/shows/:showId/${verb}`, async (request, reply) => {
      const visit = await enter(services, request, "list");
      const show = await authoring.show(visit.by.sellerId, param(request, "showId"));
      const tried = await attempt(freshForm(formOf(show)).values, showFields, () =>
        verb === "publish" ? authoring.publishShow(visit.by, show.id) : authoring.archiveShow(visit.by, show.id),
      );
      if ("made" in tried) return seeOther(reply, `${visit.base}/shows/${show.id}?done=${done}`);
      return drawShow(services, reply, visit, show, tried.form, tried.status);
    });
  }
}

/** The id of the poster that came with the form; "" to take it away; undefined to leave it. */
async function keepPoster(services: SellerPageServices, visit: Visit, sent: FileForm & { tooLarge?: Error }) {
  if (sent.tooLarge) throw sent.tooLarge;
  if (sent.file) return (await services.authoring.addPoster(visit.by, sent.file)).id;
  // Cut and sent by the page's script before the form.
  const cut = sent.values.text("posterId", 64);
  if (cut !== "") return cut;
  return sent.values.text("removePoster") === "yes" ? "" : undefined;
}

function readShow(values: FormValues): Omit<ShowInput, "posterId"> {
  const list = (name: string) =>
    values
      .text(name, 5_000)
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter(Boolean);
  const year = values.text("year", 10);
  return {
    kind: values.text("kind") as ShowInput["kind"],
    title: values.text("title"),
    synopsis: values.raw("synopsis").slice(0, 20_000),
    genres: list("genres"),
    cast: list("cast"),
    directors: list("directors"),
    runningMinutes: values.whole("runningMinutes") ?? Number.NaN,
    rating: values.text("rating"),
    language: values.text("language"),
    ...(year === "" ? {} : { year: Number(year) }),
    trailerUrl: values.text("trailerUrl", 1_000),
  };
}

function formOf(show: OwnShow): Record<string, string> {
  return {
    kind: show.kind,
    title: show.title,
    synopsis: show.synopsis,
    genres: show.genres.join(", "),
    cast: show.cast.join(", "),
    directors: show.directors.join(", "),
    runningMinutes: String(show.runningMinutes),
    rating: show.rating,
    language: show.language,
    year: show.year === undefined ? "" : String(show.year),
    trailerUrl: show.trailerUrl,
  };
}

function drawNew(services: SellerPageServices, reply: FastifyReply, visit: Visit, form: FormState, status = 200) {
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.sellShows.add,
      part: "/shows",
      trail: [{ href: `${visit.base}/shows`, text: t.sellShows.title }],
      lead: t.sellShows.draftLead,
      islands: ["crop"],
      styles: ["media"],
      body: (
        <ShowForm
          media={`/api/v1/sellers/${visit.by.sellerId}/media`}
          form={form}
          action={`${visit.base}/shows/new`}
          button={t.sellShows.saveDraft}
        />
      ),
    },
    status,
  );
}

/** `stillForm`: what was wrong with a still that was sent. */
export function drawShow(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  show: OwnShow,
  form: FormState = freshForm(formOf(show)),
  status = 200,
  stillForm = freshForm(),
): FastifyReply {
  const here = `${visit.base}/shows/${show.id}`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: show.title,
      part: "/shows",
      islands: ["crop"],
      styles: ["media"],
      trail: [{ href: `${visit.base}/shows`, text: t.sellShows.title }],
      actions: (
        <>
          <Badge tone={tones[show.status]}>{t.sellShows.statuses[show.status]}</Badge>
          {show.status !== "published" && (
            <ActionForm action={`${here}/publish`} kind="main">
              {t.sellShows.publish}
            </ActionForm>
          )}
          {show.status !== "archived" && <ActionForm action={`${here}/archive`}>{t.sellShows.archive}</ActionForm>}
          <ButtonLink kind="quiet" href={`${visit.base}/schedule?show=${show.id}`}>
            {t.sellShows.schedule}
          </ButtonLink>
        </>
      ),
      body: (
        <>
          {show.status === "published" && (
            <Notice kind="info">
              <p>
                {t.sellShows.published} <a href={`/shows/${show.id}`}>{t.sellShows.itsPage}</a>,{" "}
                <a href={`${visit.base}/showings?show=${show.id}`}>{t.sellShows.itsShowings}</a>.
              </p>
            </Notice>
          )}
          <div class="sell-columns sell-columns-side">
            <Card title={t.sellShows.poster}>
              <div class="poster-small">
                <Poster title={show.title} src={show.poster} />
              </div>
            </Card>
            <Card title={t.sellShows.about}>
              <ShowForm
                media={`/api/v1/sellers/${visit.by.sellerId}/media`}
                form={form}
                action={here}
                button={t.sellShows.save}
                hasPoster={show.poster !== ""}
              />
            </Card>
          </div>
          <StillsCard visit={visit} show={show} form={stillForm} />
        </>
      ),
    },
    status,
  );
}

function List({ visit, shows }: { visit: Visit; shows: readonly OwnShow[] }) {
  if (shows.length === 0) {
    return (
      <Empty title={t.sellShows.none}>
        <p>
          <a href={`${visit.base}/shows/new`}>{t.sellShows.first}</a>
        </p>
      </Empty>
    );
  }
  return (
    <Table
      caption={t.sellShows.title}
      hideCaption
      rows={shows}
      keyOf={(show) => show.id}
      columns={[
        {
          title: t.sellShows.show,
          head: true,
          cell: (show) => <a href={`${visit.base}/shows/${show.id}`}>{show.title}</a>,
        },
        { title: t.sellShows.kind, minor: true, cell: (show) => t.sellShows.kinds[show.kind] },
        { title: t.sellShows.length, minor: true, cell: (show) => durationText(show.runningMinutes) },
        {
          title: t.sellShows.status,
          cell: (show) => <Badge tone={tones[show.status]}>{t.sellShows.statuses[show.status]}</Badge>,
        },
        {
          title: t.sellShows.showings,
          cell: (show) => (
            <a href={`${visit.base}/showings?show=${show.id}`} aria-label={t.sellShows.showingsOf(show.title)}>
              {t.sellShows.showings}
            </a>
          ),
        },
      ]}
    />
  );
}
