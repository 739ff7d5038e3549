// The frames that content stands in: headings, notices, cards, tables, figures, navigation inside a page.

import type { ComponentChildren } from "preact";
import { t } from "../messages.ts";

/** The top of a page: where one is, its `<h1>`, and what can be done there. */
export function PageHead(props: {
  title: ComponentChildren;
  /** The way here, outermost first. */
  trail?: readonly { href: string; text: string }[];
  lead?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="page-head">
      {props.trail && (
        <nav aria-label={t.trail}>
          <ol class="trail">
            {props.trail.map((step) => (
              <li key={step.href}>
                <a href={step.href}>{step.text}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="page-head-row">
        <h1>{props.title}</h1>
        {props.actions && <div class="actions">{props.actions}</div>}
      </div>
      {props.lead && <p class="lead">{props.lead}</p>}
    </div>
  );
}

/** A message that stands out. `error` and `done` are announced by screen readers. */
export function Notice(props: {
  kind: "info" | "done" | "warning" | "error";
  title?: string;
  children?: ComponentChildren;
}) {
  const role = props.kind === "error" ? "alert" : props.kind === "done" ? "status" : undefined;
  return (
    <div class={`notice notice-${props.kind}`} {...(role ? { role } : {})}>
      {props.title && <p class="notice-title">{props.title}</p>}
      {props.children}
    </div>
  );
}

export function Card(props: { title?: ComponentChildren; children: ComponentChildren; id?: string; level?: 2 | 3 }) {
  const Heading = props.level === 3 ? "h3" : "h2";
  return (
    <section class="card" {...(props.id ? { id: props.id } : {})}>
      {props.title && <Heading class="card-title">{props.title}</Heading>}
      {props.children}
    </section>
  );
}

/** A word in a coloured pill: a status. The colour only repeats what the word says. */
export function Badge(props: { tone: "plain" | "good" | "warning" | "bad"; children: ComponentChildren }) {
  return <span class={`badge badge-${props.tone}`}>{props.children}</span>;
}

/** Nothing here, and what to do about it. */
export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}

export interface Column<Row> {
  title: string;
  /** Numbers stand to the right. */
  number?: boolean;
  /** The cell that names the row. */
  head?: boolean;
  /** Left out on phones, where the page of the row says it. */
  minor?: boolean;
  cell(row: Row): ComponentChildren;
}

/** A table that scrolls by itself where the screen is narrow. */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** The caption is read by screen readers only. */
  hideCaption?: boolean;
}) {
  return (
    <div class="table-frame" role="region" aria-label={props.caption} tabIndex={0}>
      <table>
        <caption class={props.hideCaption ? "unseen" : ""}>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)}>
              {props.columns.map((column) =>
                column.head ? (
                  <th key={column.title} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.title} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const classOf = ({ number, minor }: { number?: boolean; minor?: boolean }): string =>
  [number ? "number" : "", minor ? "minor" : ""].filter(Boolean).join(" ");

/** A figure with its name: `<Figures items={[{ name: "Sold", value: "1,204" }]} />`. */
export function Figures(props: {
  items: readonly { name: string; value: ComponentChildren; note?: ComponentChildren }[];
}) {
  return (
    <dl class="figures">
      {props.items.map((item) => (
        <div key={item.name}>
          <dt>{item.name}</dt>
          <dd>
            {item.value}
            {item.note && <span class="figure-note">{item.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names and values in two columns. */
export function Facts(props: { items: readonly { name: string; value: ComponentChildren }[] }) {
  return (
    <dl class="facts">
      {props.items.map((item) => (
        <div key={item.name}>
          <dt>{item.name}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Links between the pages of one part of the site. */
export function PartNav(props: { label: string; current: string; links: readonly { href: string; text: string }[] }) {
  return (
    <nav class="part-nav" aria-label={props.label}>
      <ul>
        {props.links.map((link) => (
          <li key={link.href}>
            <a href={link.href} {...(link.href === props.current ? { "aria-current": "page" as const } : {})}>
              {link.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** To the page before and the page after, where there is one. */
export function Pager(props: { previous?: string | undefined; next?: string | undefined; position?: string }) {
  if (!props.previous && !props.next) return null;
  return (
    <nav class="pager" aria-label={t.pager.label}>
      {props.previous && (
        <a class="button button-quiet" rel="prev" href={props.previous}>
          <span aria-hidden="true">← </span>
          {t.pager.newer}
        </a>
      )}
      {props.position && <span>{props.position}</span>}
      {props.next && (
        <a class="button button-quiet" rel="next" href={props.next}>
          {t.pager.older}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}
