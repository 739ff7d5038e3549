// The editor as a whole: bar, tools, canvas and panels.

import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { SeatMap } from "../../domain/seat-map.ts";
import { BeginDialog, HelpDialog, type OtherRoom } from "./dialogs.tsx";
import type { Desk } from "./desk.ts";
import { writeSeatMap } from "./document.ts";
import { placeCount, type Box } from "./drawing.ts";
import { Icon } from "./icons.tsx";
import { openMap, type Keeper, type Notice } from "./keeper.ts";
import { openKeyboard } from "./keyboard.ts";
import { Outline } from "./outline.tsx";
import { selectionBox } from "./moving.ts";
import { openPointer, type Pointer } from "./pointer.ts";
import { Problems } from "./problems.tsx";
import { Properties } from "./properties.tsx";
import { Bar, Levels, Tools, Zoom } from "./toolbar.tsx";
import { openView, type View } from "./view.ts";

export interface AppProps {
  desk: Desk;
  keeper: Keeper;
  name: string;
  /** Where prices for the auditorium are set. */
  pricesHref: string;
  others: readonly OtherRoom[];
  load: (auditoriumId: string) => Promise<SeatMap | undefined>;
  /** Called once the room was painted for the first time. */
  onFirst: () => void;
}

type DialogName = "begin" | "help" | undefined;

export function App(props: AppProps) {
  const { desk, keeper } = props;
  const { texts } = desk;
  const root = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const view = useRef<View>(undefined);
  const dialog = useSignal<DialogName>(undefined);
  const fit = (box?: Box) => view.current?.fit(box);
  const save = () => void keeper.save();
  useEffect(() => {
    if (!root.current || !surface.current) return;
    return openCanvas(props, root.current, surface.current, {
      onView: (opened) => (view.current = opened),
      save,
      help: () => (dialog.value = "help"),
      fit,
    });
  }, []);
  const { drawing } = desk.edit.value;
  const places = texts.places(placeCount(drawing));
  return (
    <div class="editor" ref={root}>
      <Bar
        desk={desk}
        state={stateText(desk, keeper)}
        saving={keeper.saving.value}
        clean={desk.history.value.present.drawing === desk.saved.value}
        onBegin={() => (dialog.value = "begin")}
        onExport={() => exportFile(desk, props.name)}
        onHelp={() => (dialog.value = "help")}
        onSave={save}
      />
      <NoticeBar desk={desk} keeper={keeper} pricesHref={props.pricesHref} />
      <div class="editor-body">
        <Tools desk={desk} />
        <div class="editor-stage">
          <div
            class="editor-surface"
            ref={surface}
            tabIndex={0}
            role="application"
            aria-roledescription={texts.canvas.role}
            aria-label={texts.canvas.label(places)}
            aria-describedby="editor-about"
          />
          <p class="unseen" id="editor-about">
            {texts.canvas.about}
          </p>
          <Levels desk={desk} />
          <Zoom desk={desk} onFit={() => fit()} />
          <p class="editor-hint">{texts.tools.hints[desk.tool.value]}</p>
        </div>
        <Panels desk={desk} places={places} onShow={fit} onReveal={() => reveal(desk, view.current)} />
      </div>
      <p class="unseen" role="status">
        {desk.said.value}
      </p>
      <Dialogs {...props} dialog={dialog} onOpened={fit} />
    </div>
  );
}

function Dialogs(props: AppProps & { dialog: Signal<DialogName>; onOpened: () => void }) {
  const { desk, dialog, name, others, load } = props;
  const close = () => (dialog.value = undefined);
  if (dialog.value === "help") return <HelpDialog texts={desk.texts} onClose={close} />;
  if (dialog.value !== "begin") return null;
  const onMap = (map: SeatMap) => {
    const opened = openMap(desk, map);
    if (opened) props.onOpened();
    return opened;
  };
  return <BeginDialog {...{ texts: desk.texts, name, others, load, onMap }} onClose={close} />;
}

/** What was selected in the outline, in view. */
function reveal({ edit }: Desk, view: View | undefined): void {
  const { drawing, selection } = edit.value;
  view?.reveal(selectionBox(drawing, selection));
}

/** The outline, the fields of what is selected, and what is wrong. */
function Panels(props: { desk: Desk; places: string; onShow: (box?: Box) => void; onReveal: () => void }) {
  const { desk, places } = props;
  const { panel } = desk.texts;
  const tab = useSignal<"outline" | "properties">("properties");
  return (
    <div class={`editor-panel editor-panel-${tab.value}`}>
      <Tabs desk={desk} tab={tab} />
      <section class="editor-part editor-part-outline" aria-label={panel.outline}>
        <h2>
          {panel.outline} <span class="editor-count">{places}</span>
        </h2>
        <Outline desk={desk} onChosen={props.onReveal} />
      </section>
      <section class="editor-part editor-part-properties" aria-label={panel.properties}>
        <h2>{panel.properties}</h2>
        <Properties desk={desk} />
      </section>
      <section class="editor-part editor-part-problems" aria-label={panel.problems}>
        <Problems desk={desk} onShow={props.onShow} />
      </section>
    </div>
  );
}

/** View, pointer and keyboard of the canvas; answers what closes them. */
function openCanvas(
  { desk, onFirst }: AppProps,
  root: HTMLElement,
  surface: HTMLElement,
  actions: { onView: (view: View) => void; save(): void; help(): void; fit(): void },
): () => void {
  const view = openView(desk, surface, onFirst);
  actions.onView(view);
  let space = false;
  const pointer: Pointer = openPointer(desk, view, surface, () => (space ? "pan" : undefined));
  const stop = new AbortController();
  const hold = (event: KeyboardEvent) => {
    if (event.key !== " " || event.target !== surface) return;
    space = event.type === "keydown";
    event.preventDefault();
  };
  surface.addEventListener("keydown", hold, { signal: stop.signal });
  surface.addEventListener("keyup", hold, { signal: stop.signal });
  surface.addEventListener("blur", () => (space = false), { signal: stop.signal });
  const closeKeyboard = openKeyboard(desk, root, surface, { ...actions, cancel: () => pointer.cancel() });
  return () => {
    stop.abort();
    closeKeyboard();
    pointer.close();
    view.close();
  };
}

/** On phones one of the two is in view. */
function Tabs(props: { desk: Desk; tab: Signal<"outline" | "properties"> }) {
  const { panel } = props.desk.texts;
  return (
    <div class="editor-tabs">
      {(["properties", "outline"] as const).map((name) => (
        <button
          key={name}
          type="button"
          class="editor-tab"
          aria-pressed={props.tab.value === name}
          onClick={() => (props.tab.value = name)}
        >
          {panel[name]}
        </button>
      ))}
    </div>
  );
}

function stateText(desk: Desk, keeper: Keeper): string {
  const { state, panel } = desk.texts;
  const faults = desk.faults.value.length;
  const saved = desk.history.value.present.drawing === desk.saved.value;
  const kept = saved ? state.saved : keeper.kept.value ? state.draft : state.noDraft;
  return faults > 0 ? `${panel.count(faults)} · ${kept}` : kept;
}

function NoticeBar({ desk, keeper, pricesHref }: { desk: Desk; keeper: Keeper; pricesHref: string }) {
  const notice = keeper.notice.value;
  if (!notice) return null;
  const { state } = desk.texts;
  const kind = notice.kind === "saved" ? "done" : notice.kind === "restored" ? "info" : "warning";
  const close = () => (keeper.notice.value = undefined);
  return (
    <div class={`notice notice-${kind} editor-notice`} role="status">
      <p>{noticeText(desk, notice)}</p>
      <div class="editor-actions">
        {notice.kind === "saved" && notice.unpriced.length > 0 && <a href={pricesHref}>{state.setPrices}</a>}
        {notice.kind === "restored" && <Button onClick={keeper.dropDraft}>{state.dropDraft}</Button>}
        {notice.kind === "outdated" && (
          <>
            <Button onClick={() => keeper.openDraft(notice.draft)}>{state.useDraft}</Button>
            <Button onClick={keeper.dropDraft}>{state.dropDraft}</Button>
          </>
        )}
        {notice.kind === "changed-meanwhile" && (
          <>
            <Button onClick={() => void keeper.save(true)}>{state.saveAnyway}</Button>
            <Button onClick={() => void keeper.loadTheirs()}>{state.loadTheirs}</Button>
          </>
        )}
        <button type="button" class="editor-button" aria-label={desk.texts.help.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
    </div>
  );
}

function Button(props: { onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="editor-text-button" onClick={props.onClick}>
      {props.children}
    </button>
  );
}

function noticeText({ texts }: Desk, notice: Notice): string {
  const { state } = texts;
  const when = (at: number) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
  switch (notice.kind) {
    case "restored":
      return state.restored(when(notice.at));
    case "outdated":
      return state.outdated(when(notice.draft.at));
    case "changed-meanwhile":
      return state.changedMeanwhile;
    case "faulty":
      return state.faulty;
    case "refused":
      return state.refused(notice.sentence);
    case "offline":
      return state.offline;
    case "saved":
      return [state.done, ...(notice.unpriced.length > 0 ? [state.unpriced(notice.unpriced.join(", "))] : [])].join(
        " ",
      );
  }
}

/** The drawing as a file, whether it is right or not: what leaves as JSON comes in as JSON. */
function exportFile(desk: Desk, name: string): void {
  const text = JSON.stringify(writeSeatMap(desk.edit.value.drawing), undefined, 1);
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").toLowerCase() || "seats"}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
