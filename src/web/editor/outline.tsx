// Everything in the drawing as a tree: sections, their rows, their seats. Whoever does not see or point at the canvas selects
// here; the fields beside it do the rest.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { seatCount, type Drawing, type DrawnSeat } from "./drawing.ts";
import { Icon } from "./icons.tsx";
import {
  includes,
  ofAreas,
  ofRows,
  ofSeats,
  theStage,
  toggled,
  union,
  type Level,
  type Selection,
} from "./selection.ts";

interface Item {
  key: string;
  depth: 1 | 2 | 3;
  name: string;
  part: Selection;
  level: Level;
  /** Whether it has parts of its own. */
  folds: boolean;
  parent: string | undefined;
  position: number;
  of: number;
  colour?: number | undefined;
}

function seatWords(texts: Desk["texts"], seat: DrawnSeat): string {
  const { marks, seat: words } = texts.panel;
  const own = [seat.access && marks[seat.access], seat.view && marks[seat.view]].filter(Boolean);
  return [words(seat.number), ...own].join(", ");
}

/** What of the tree is unfolded, in order. */
function itemsOf(drawing: Drawing, open: ReadonlySet<string>, texts: Desk["texts"]): Item[] {
  const items: Item[] = [];
  const { panel } = texts;
  const top = drawing.areas.length + 1;
  const root = { depth: 1, level: "areas", parent: undefined, of: top } as const;
  const stage = drawing.stage.label || panel.stage;
  items.push({ ...root, key: "stage", name: stage, part: theStage, folds: false, position: 1 });
  for (const [index, area] of drawing.areas.entries()) {
    const { key, colour } = area;
    const name = panel.section(area.name, texts.places(seatCount(area)));
    const rows = area.kind === "seats" ? area.rows : [];
    items.push({ ...root, key, name, part: ofAreas(key), folds: rows.length > 0, position: index + 2, colour });
    if (!open.has(key)) continue;
    for (const [at, row] of rows.entries()) {
      items.push({
        key: row.key,
        depth: 2,
        name: panel.row(row.name, texts.seats(row.seats.length)),
        part: ofRows(row.key),
        level: "rows",
        folds: row.seats.length > 0,
        parent: key,
        position: at + 1,
        of: rows.length,
      });
      if (!open.has(row.key)) continue;
      items.push(
        ...row.seats.map((seat, place): Item => ({
          key: `${row.key}/${place}`,
          depth: 3,
          name: seatWords(texts, seat),
          part: ofSeats(row.key, place),
          level: "seats",
          folds: false,
          parent: row.key,
          position: place + 1,
          of: row.seats.length,
        })),
      );
    }
  }
  return items;
}

export function Outline({ desk, onChosen }: { desk: Desk; onChosen: () => void }) {
  const { texts } = desk;
  const { drawing, selection } = desk.edit.value;
  const open = useSignal<ReadonlySet<string>>(new Set());
  const current = useSignal("stage");
  const wantsFocus = useRef(false);
  const anchor = useRef<string>("stage");
  const list = useRef<HTMLUListElement>(null);
  const items = itemsOf(drawing, open.value, texts);
  const focused = items.find((item) => item.key === current.value) ?? items[0];

  // At once: an effect of the drawing before, run late, would give the focus to where it was and forget the wish.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  const fold = (item: Item, unfolded: boolean) => {
    const next = new Set(open.value);
    if (unfolded) next.add(item.key);
    else next.delete(item.key);
    open.value = next;
  };
  const go = (item: Item | undefined) => {
    if (!item) return;
    wantsFocus.current = true;
    current.value = item.key;
  };
  const choose = (item: Item, how: { range: boolean; more: boolean }) => {
    current.value = item.key;
    desk.tool.value = "select";
    desk.level.value = item.level;
    if (how.range) {
      const [from, to] = [items.findIndex(({ key }) => key === anchor.current), items.indexOf(item)];
      const between = items.slice(Math.min(from, to), Math.max(from, to) + 1);
      const alike = between.filter(({ depth }) => depth === item.depth);
      desk.select(alike.map(({ part }) => part).reduce(union));
    } else {
      anchor.current = item.key;
      desk.select(how.more ? toggled(selection, item.part) : item.part);
    }
    onChosen();
  };
  const onKey = (event: KeyboardEvent) => {
    if (!focused || event.altKey) return;
    const at = items.indexOf(focused);
    const unfolded = open.value.has(focused.key);
    const more = event.ctrlKey || event.metaKey;
    const moved = movedTo(items, at, event.key, unfolded);
    if (event.key === "Enter" || event.key === " ") choose(focused, { range: event.shiftKey, more });
    else if (more) return;
    else if (event.key === "ArrowRight" && focused.folds && !unfolded) fold(focused, true);
    else if (event.key === "ArrowLeft" && unfolded) fold(focused, false);
    else if (moved) {
      go(moved);
      if (event.shiftKey) choose(moved, { range: true, more: false });
    } else return;
    event.preventDefault();
  };

  return (
    <ul
      class="editor-tree"
      role="tree"
      aria-label={texts.panel.tree}
      aria-multiselectable="true"
      ref={list}
      onKeyDown={onKey}
    >
      {items.map((item) => (
        <TreeItem
          key={item.key}
          item={item}
          texts={texts}
          focused={item === focused}
          selected={includes(selection, item.part)}
          unfolded={open.value.has(item.key)}
          onFocus={() => (current.value = item.key)}
          onFold={(unfolded) => fold(item, unfolded)}
          onChoose={(how) => choose(item, how)}
        />
      ))}
    </ul>
  );
}

/** Where a key goes from an item; undefined if it goes nowhere. */
function movedTo(items: readonly Item[], at: number, key: string, unfolded: boolean): Item | undefined {
  const item = items[at];
  if (key === "ArrowDown") return items[at + 1];
  if (key === "ArrowUp") return items[at - 1];
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key === "ArrowRight" && unfolded) return items[at + 1];
  if (key === "ArrowLeft") return items.find((other) => other.key === item?.parent);
  return undefined;
}

function TreeItem(props: {
  item: Item;
  texts: Desk["texts"];
  focused: boolean;
  selected: boolean;
  unfolded: boolean;
  onFocus: () => void;
  onFold: (unfolded: boolean) => void;
  onChoose: (how: { range: boolean; more: boolean }) => void;
}) {
  const { item, focused, selected, unfolded } = props;
  return (
    <li
      role="treeitem"
      class={`editor-item editor-item-${item.depth}`}
      aria-level={item.depth}
      aria-posinset={item.position}
      aria-setsize={item.of}
      aria-selected={selected}
      aria-expanded={item.folds ? unfolded : undefined}
      aria-label={item.name}
      tabIndex={focused ? 0 : -1}
      onFocus={props.onFocus}
      onClick={(event) => props.onChoose({ range: event.shiftKey, more: event.ctrlKey || event.metaKey })}
    >
      {/* For pointers; keys unfold by the item itself. */}
      <span
        class={`editor-fold${item.folds ? "" : " editor-fold-none"}${unfolded ? " editor-fold-open" : ""}`}
        onClick={(event) => {
          event.stopPropagation();
          props.onFold(!unfolded);
        }}
      >
        {item.folds && <Icon name="fold" />}
      </span>
      {item.colour !== undefined && <span class={`editor-dot editor-colour-${item.colour}`} />}
      <span class="editor-item-name">{item.name}</span>
    </li>
  );
}
