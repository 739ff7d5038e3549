// Prices by section and tier, with what a buyer will see.

import type { FastifyReply } from "fastify";
import type { PricePreview, PricesInput, SeatMapInUse } from "../../../catalogue/authoring/authoring.ts";
import { mostPriceMinor, priceRange, type PriceList } from "../../../domain/pricing.ts";
import type { Layout } from "../../../domain/seat-map.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import { Card, Empty, Notice, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { moneyText } from "../../numbers.ts";
import { readAmount, readPercent, writeAmount, writePercent } from "./amounts.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

const tierCount = 4;
/** More names of one section help less than its code. */
const mostNames = 3;

/** `GET /sell/:sellerId/prices`, `…/prices/new/:auditoriumId` and its form. */
export function registerPrices(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/prices", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const chosen = queryValues(request).text("auditorium", 60);
    if (chosen !== "") return seeOther(reply, `${visit.base}/prices/new/${encodeURIComponent(chosen)}`);
    const { sellerId } = visit.by;
    const [lists, seatMaps] = await Promise.all([authoring.priceLists(sellerId), authoring.seatMapsInUse(sellerId)]);
    return sendSellerPage(services, reply, visit, {
      title: t.prices.title,
      part: "/prices",
      lead: t.prices.lead,
      body: (
        <>
          <NewFor visit={visit} seatMaps={seatMaps} />
          <Lists lists={lists} seatMaps={seatMaps} />
        </>
      ),
    });
  });
  server.get("/sell/:sellerId/prices/new/:auditoriumId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    return draw(services, reply, visit, param(request, "auditoriumId"), freshForm(usual(visit)));
  });
  server.post("/sell/:sellerId/prices/new/:auditoriumId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const auditorium = await authoring.auditorium(visit.by.sellerId, param(request, "auditoriumId"));
    const { layout } = await authoring.seatMap(auditorium.seatMapId);
    const values = formValues(request);
    const keep = values.text("action") === "save";
    const names = fieldsOf(layout);
    const tried = await attempt(values, names, async () => {
      const input = { ...readPrices(values, layout, visit.seller.currency), seatMapId: auditorium.seatMapId };
      return keep ? authoring.setPrices(visit.by, input) : authoring.previewPrices(visit.by.sellerId, input);
    });
    if ("made" in tried) {
      if (keep) return seeOther(reply, `${visit.base}/prices?done=added`);
      return draw(services, reply, visit, auditorium.id, { values, errors: {} }, tried.made);
    }
    return draw(services, reply, visit, auditorium.id, tried.form, undefined, tried.status);
  });
}

function usual({ seller }: Visit): Record<string, string> {
  return {
    fee: writeAmount(seller.feeMinor, seller.currency),
    tax: writePercent(seller.taxBasisPoints),
    "name-0": t.prices.adult,
    "name-1": t.prices.child,
  };
}

const priceField = (tier: number, section: string) => `price-${tier}-${section}`;

function fieldsOf(layout: Layout): string[] {
  const tiers = Array.from({ length: tierCount }, (_, tier) => tier);
  const prices = layout.sections.flatMap(({ id }) => tiers.map((tier) => priceField(tier, id)));
  return ["fee", "tax", ...tiers.map((tier) => `name-${tier}`), ...prices];
}

/** The price list of a form; a tier without any price is left out. Refuses what is no amount, at its field. */
function readPrices(values: FormValues, layout: Layout, currency: string): Omit<PricesInput, "seatMapId"> {
  const fields: Record<string, string> = {};
  const amount = (name: string) => {
    const minor = readAmount(values.text(name, 20), currency);
    if (minor === undefined) fields[name] = t.prices.badAmount;
    else if (minor > mostPriceMinor) fields[name] = t.prices.tooMuch(moneyText(mostPriceMinor, currency));
    return minor ?? 0;
  };
  const taxBasisPoints = readPercent(values.text("tax", 10));
  if (taxBasisPoints === undefined) fields["tax"] = t.prices.badPercent;
  const tiers: { id: string; name: string; sections: Record<string, number> }[] = [];
  for (let tier = 0; tier < tierCount; tier += 1) {
    const priced = layout.sections.filter(({ id }) => values.text(priceField(tier, id), 20) !== "");
    const name = values.text(`name-${tier}`, 60);
    if (priced.length === 0) continue;
    if (name === "") fields[`name-${tier}`] = t.prices.noName;
    const sections = Object.fromEntries(priced.map(({ id }) => [id, amount(priceField(tier, id))]));
    tiers.push({ id: tierId(name, tiers), name, sections });
  }
  const feeMinor = amount("fee");
  if (tiers.length === 0) fields["name-0"] = t.prices.noPrice;
  const [field, sentence] = Object.entries(fields)[0] ?? [];
  if (field !== undefined) throw new PageRefusal("invalid_request", sentence, { field, fields });
  return { feeMinor, taxBasisPoints: taxBasisPoints ?? 0, tiers };
}

/** `Front rows` → `front-rows`; a number behind it where two names become one id. */
function tierId(name: string, others: readonly { id: string }[]): string {
  const plain = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 20);
  const id = plain === "" ? "tier" : plain;
  return others.some((other) => other.id === id) ? `${id}-${others.length + 1}` : id;
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  auditoriumId: string,
  form: FormState,
  preview?: PricePreview,
  status = 200,
): Promise<FastifyReply> {
  const auditorium = await services.authoring.auditorium(visit.by.sellerId, auditoriumId);
  const { layout } = await services.authoring.seatMap(auditorium.seatMapId);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.prices.titleFor(auditorium.name),
      part: "/prices",
      trail: [{ href: `${visit.base}/prices`, text: t.prices.title }],
      lead: t.prices.leadFor,
      body: (
        <>
          {preview && <Preview preview={preview} layout={layout} />}
          <PriceForm visit={visit} form={form} layout={layout} action={`${visit.base}/prices/new/${auditorium.id}`} />
        </>
      ),
    },
    status,
  );
}

function PriceForm(props: { visit: Visit; form: FormState; layout: Layout; action: string }) {
  const { form, layout, visit } = props;
  const tiers = Array.from({ length: tierCount }, (_, tier) => tier);
  return (
    <form method="post" action={props.action} class="sell-form sell-form-wide">
      <FormMessage form={form} />
      <div class="sell-fields">
        <Field form={form} name="fee" label={t.prices.fee(visit.seller.currency)} inputMode="decimal" required />
        <Field form={form} name="tax" label={t.prices.tax} inputMode="decimal" required />
      </div>
      {tiers.map((tier) => (
        <fieldset key={tier} class="price-tier">
          <legend>{t.prices.tier(tier + 1)}</legend>
          <div class="sell-fields">
            <Field
              form={form}
              name={`name-${tier}`}
              label={t.prices.name}
              hint={t.prices.nameHint}
              maxLength={40}
              plain
            />
            {layout.sections.map((section) => (
              <Field
                key={section.id}
                form={form}
                name={priceField(tier, section.id)}
                label={nameOf(section, layout)}
                inputMode="decimal"
                maxLength={12}
                plain
              />
            ))}
          </div>
        </fieldset>
      ))}
      <div class="actions">
        <Button name="action" value="preview" kind="quiet">
          {t.prices.preview}
        </Button>
        <Button name="action" value="save">
          {t.prices.save}
        </Button>
      </div>
    </form>
  );
}

/** The section's name, with its code only where another has the same name. */
function nameOf({ id, name }: Layout["sections"][number], { sections }: Layout): string {
  return sections.some((other) => other.id !== id && other.name === name) ? `${name} (${id})` : name;
}

function Preview({ preview, layout }: { preview: PricePreview; layout: Layout }) {
  const { list, allIn, unsold } = preview;
  const nameOf = (id: string) => layout.sections.find((section) => section.id === id)?.name ?? id;
  return (
    <>
      {unsold.length > 0 && (
        <Notice kind="warning">
          <p>{t.prices.unsold(unsold.map(nameOf).join(", "))}</p>
        </Notice>
      )}
      <Table
        caption={t.prices.allIn}
        rows={layout.sections.filter((section) => !unsold.includes(section.id))}
        keyOf={(section) => section.id}
        columns={[
          { title: t.prices.section, head: true, cell: (section) => section.name },
          ...list.tiers.map((tier) => ({
            title: tier.name,
            number: true,
            cell: (section: Layout["sections"][number]) => {
              const price = allIn.find((one) => one.tier === tier.id && one.section === section.id);
              return price ? moneyText(price.totalMinor, list.currency) : "–";
            },
          })),
        ]}
      />
    </>
  );
}

function NewFor({ visit, seatMaps }: { visit: Visit; seatMaps: readonly SeatMapInUse[] }) {
  if (seatMaps.length === 0) {
    return (
      <Empty title={t.prices.bySection}>
        <p>
          <a href={`${visit.base}/venues`}>{t.prices.addRoom}</a>
        </p>
      </Empty>
    );
  }
  return (
    <Card title={t.prices.fresh}>
      <form method="get" action={`${visit.base}/prices`} class="inline-form">
        <Select
          form={freshForm()}
          name="auditorium"
          label={t.prices.forSections}
          options={seatMaps.map(({ name, placeCount, auditoriumId, auditoriums }) => ({
            value: auditoriumId,
            text: t.prices.use(name, placeCount, auditoriums),
          }))}
        />
        <Button>{t.prices.goOn}</Button>
      </form>
    </Card>
  );
}

function Lists({ lists, seatMaps }: { lists: readonly PriceList[]; seatMaps: readonly SeatMapInUse[] }) {
  if (lists.length === 0) return null;
  return (
    <Table
      caption={t.prices.lists}
      rows={lists}
      keyOf={(list) => list.id}
      columns={[
        { title: t.prices.title, head: true, cell: (list) => describePrices(list) },
        { title: t.prices.sections, minor: true, cell: (list) => sectionsOf(list, seatMaps).join(", ") },
        { title: t.prices.feeColumn, number: true, cell: (list) => moneyText(list.feeMinor, list.currency) },
        { title: t.prices.taxColumn, number: true, cell: (list) => `${writePercent(list.taxBasisPoints)} %` },
      ]}
    />
  );
}

/** A list is for every room that has its sections; where such rooms call one differently, it has each of its names. */
function sectionsOf(list: PriceList, seatMaps: readonly SeatMapInUse[]): string[] {
  const codes = [...new Set(list.tiers.flatMap((tier) => Object.keys(tier.sections)))];
  const rooms = seatMaps
    .map(({ sections }) => new Map(sections.map(({ id, name }) => [id, name])))
    .filter((names) => codes.every((code) => names.has(code)));
  const all = codes.map((code) => {
    const names = new Set(rooms.flatMap((room) => room.get(code) ?? []));
    return names.size > 0 && names.size <= mostNames ? [...names].join(" / ") : code;
  });
  return all.length > 8 ? [...all.slice(0, 7), t.prices.more(all.length - 7)] : all;
}

/** `Adult $12.00–$18.00, Child $9.00`: all in, so that two lists can be told apart. */
export function describePrices(list: PriceList): string {
  return list.tiers
    .map((tier) => {
      const range = priceRange({ ...list, tiers: [tier] });
      if (!range) return tier.name;
      const [low, high] = [range.minMinor, range.maxMinor].map((minor) => moneyText(minor, list.currency));
      return low === high ? `${tier.name} ${low}` : `${tier.name} ${low}–${high}`;
    })
    .join(", ");
}
