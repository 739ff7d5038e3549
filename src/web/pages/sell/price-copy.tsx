// One showing's prices for others of its show: chosen, looked at, given.

import type { FastifyReply } from "fastify";
import type { OwnShow, OwnShowing, OwnVenue, PricesApplied } from "../../../catalogue/authoring/authoring.ts";
import { priceOf, type PriceList } from "../../../domain/pricing.ts";
import type { Server } from "../../../http/server.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Checkbox, FormMessage, Select } from "../../components/fields.tsx";
import { Empty, Notice, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { moneyText } from "../../numbers.ts";
import { PageRefusal, sentenceOf } from "../../page-refusal.ts";
import { momentText } from "../../times.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { describePrices } from "./prices.tsx";

/** As many as may be given prices at once. */
const mostShowings = 200;

interface Outcome {
  preview?: boolean;
  applied?: PricesApplied;
}

/** `GET /sell/:sellerId/prices/copy?showing=…` and its form. */
export function registerPriceCopy(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/prices/copy", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const id = queryValues(request).text("showing", 60);
    const { priceListId } = await services.authoring.showing(visit.by.sellerId, id);
    return draw(services, reply, visit, freshForm({ showing: id, priceListId }));
  });
  server.post("/sell/:sellerId/prices/copy", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const values = formValues(request);
    const ids = values.all("showings").slice(0, mostShowings + 1);
    const apply = values.text("action") === "apply";
    const tried = await attempt(values, ["priceListId"], async () => {
      if (ids.length === 0) throw new PageRefusal("invalid_request", t.copying.tick);
      if (!apply) return { preview: true };
      return { applied: await services.authoring.applyPrices(visit.by, values.text("priceListId", 64), ids) };
    });
    if ("made" in tried) return draw(services, reply, visit, { values, errors: {} }, tried.made);
    return draw(services, reply, visit, tried.form, {}, tried.status);
  });
}

interface View {
  show: OwnShow;
  showings: readonly OwnShowing[];
  lists: readonly PriceList[];
  venues: readonly OwnVenue[];
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  outcome: Outcome = {},
  status = 200,
): Promise<FastifyReply> {
  const { authoring, clock } = services;
  const { sellerId } = visit.by;
  const source = await authoring.showing(sellerId, form.values.text("showing", 60));
  const [show, lists, venues, page] = await Promise.all([
    authoring.show(sellerId, source.showId),
    authoring.priceLists(sellerId),
    authoring.venues(sellerId),
    authoring.showingsOfShow(sellerId, source.showId, { from: clock(), limit: mostShowings }),
  ]);
  const showings = page.items.filter((one) => one.status !== "cancelled" && one.id !== source.id);
  const view: View = { show, showings, lists, venues };
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.copying.title,
      part: "/prices",
      trail: [{ href: `${visit.base}/prices`, text: t.prices.title }],
      lead: t.copying.lead(show.title),
      body: (
        <>
          {outcome.applied && <Applied applied={outcome.applied} view={view} />}
          {outcome.preview && <Preview form={form} view={view} />}
          {showings.length === 0 ? (
            <Empty title={t.copying.none} />
          ) : (
            <CopyForm form={form} view={view} action={`${visit.base}/prices/copy`} ready={outcome.preview === true} />
          )}
        </>
      ),
    },
    status,
  );
}

function whenOf({ startsAt, venueId }: OwnShowing, venues: readonly OwnVenue[]): string {
  const venue = venues.find(({ id }) => id === venueId);
  return `${momentText(startsAt, venue?.timeZone ?? "UTC")}, ${venue?.name ?? ""}`;
}

function CopyForm(props: { form: FormState; view: View; action: string; ready: boolean }) {
  const { form, view, ready } = props;
  const chosen = form.values.text("priceListId", 64);
  const pricesOf = (id: string) => {
    const list = view.lists.find((one) => one.id === id);
    return list ? t.copying.now(describePrices(list)) : "";
  };
  return (
    <form method="post" action={props.action} class="sell-form">
      <FormMessage form={form} />
      <input type="hidden" name="showing" value={form.values.text("showing", 60)} />
      <Select
        form={form}
        name="priceListId"
        label={t.copying.list}
        options={view.lists.map((list) => ({ value: list.id, text: describePrices(list) }))}
      />
      <fieldset>
        <legend>{t.copying.choose}</legend>
        {view.showings.map((showing) => (
          <Checkbox
            key={showing.id}
            form={form}
            name="showings"
            value={showing.id}
            label={whenOf(showing, view.venues)}
            hint={showing.priceListId === chosen ? t.copying.same : pricesOf(showing.priceListId)}
            checked={!form.values.has("action") && showing.priceListId !== chosen}
          />
        ))}
      </fieldset>
      <div class="actions">
        <Button name="action" value="preview" kind={ready ? "quiet" : "main"}>
          {t.copying.preview}
        </Button>
        <Button name="action" value="apply" kind={ready ? "main" : "quiet"}>
          {t.copying.apply}
        </Button>
      </div>
    </form>
  );
}

interface Difference {
  tier: string;
  section: string;
  before: number | undefined;
  after: number | undefined;
}

/** What buyers pay before and after, where it differs; a price is the same one by its id. */
export function differences(before: PriceList, after: PriceList): Difference[] {
  const names = new Map([...before.tiers, ...after.tiers].map(({ id, name }) => [id, name]));
  const sections = [...new Set([...before.tiers, ...after.tiers].flatMap((tier) => Object.keys(tier.sections)))];
  const total = (list: PriceList, section: string, tier: string) => priceOf(list, section, tier, "")?.totalMinor;
  return [...names].flatMap(([id, tier]) =>
    sections
      .map((section) => ({ tier, section, before: total(before, section, id), after: total(after, section, id) }))
      .filter((line) => line.before !== line.after),
  );
}

/** A table for each of the price lists that the chosen showings have now. */
function Preview({ form, view }: { form: FormState; view: View }) {
  const ids = new Set(form.values.all("showings"));
  const after = view.lists.find(({ id }) => id === form.values.text("priceListId", 64));
  const groups = Map.groupBy(
    view.showings.filter(({ id, priceListId }) => ids.has(id) && priceListId !== after?.id),
    ({ priceListId }) => priceListId,
  );
  if (!after || groups.size === 0) {
    return (
      <Notice kind="info">
        <p>{t.copying.nothing}</p>
      </Notice>
    );
  }
  return [...groups].map(([id, showings]) => {
    const before = view.lists.find((list) => list.id === id);
    if (!before) return null;
    const money = (minor: number | undefined) =>
      minor === undefined ? t.copying.notSold : moneyText(minor, after.currency);
    return (
      <Table
        key={id}
        caption={t.copying.change(showings.length)}
        rows={differences(before, after)}
        keyOf={(line) => `${line.tier} ${line.section}`}
        columns={[
          { title: t.copying.tier, head: true, cell: (line) => line.tier },
          { title: t.copying.section, cell: (line) => line.section },
          { title: t.copying.before, number: true, cell: (line) => money(line.before) },
          { title: t.copying.after, number: true, cell: (line) => money(line.after) },
          {
            title: t.copying.difference,
            number: true,
            cell: ({ before, after: then }) =>
              before === undefined || then === undefined ? "–" : signed(then - before, after.currency),
          },
        ]}
      />
    );
  });
}

function signed(minor: number, currency: string): string {
  return `${minor > 0 ? "+" : ""}${moneyText(minor, currency)}`;
}

function Applied({ applied, view }: { applied: PricesApplied; view: View }) {
  const nameOf = (id: string) => {
    const showing = view.showings.find((one) => one.id === id);
    return showing ? whenOf(showing, view.venues) : id;
  };
  return (
    <>
      <Notice kind="done">
        <p>{t.copying.changed(applied.changed.length + applied.same.length)}</p>
      </Notice>
      {applied.refused.length > 0 && (
        <Notice kind="warning" title={t.copying.refused(applied.refused.length)}>
          <ul>
            {applied.refused.map(({ showingId, refusal }) => (
              <li key={showingId}>
                {nameOf(showingId)}: {sentenceOf(refusal)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
