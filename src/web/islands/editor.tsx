// The auditorium editor. Its parts are in web/editor/; here they meet the page.

import { render } from "preact";
import { App } from "../editor/app.tsx";
import { createDesk } from "../editor/desk.ts";
import { readSeatMap } from "../editor/document.ts";
import { draftsOf, ownStorage } from "../editor/drafts.ts";
import { openKeeper, openMap, restoreDraft } from "../editor/keeper.ts";
import type { EditorData } from "../editor/page-data.ts";
import { fetchSeatMap } from "../editor/saving.ts";
import { editorTexts as english } from "../texts/en/editor.ts";
import { editorTexts as spanish } from "../texts/es/editor.ts";

function openEditor(): void {
  const holder = document.querySelector<HTMLElement>("[data-editor]");
  const written = document.querySelector("#editor-data")?.textContent;
  if (!holder || !written) return;
  const data = JSON.parse(written) as EditorData;
  // Both languages: one more request would cost more than three kilobytes.
  const texts = (document.documentElement.lang === "es" ? spanish : english).editor;
  const desk = createDesk({ drawing: readSeatMap(data.seatMap), texts, now: () => performance.now() });
  const drafts = draftsOf(ownStorage(), data.auditoriumId);
  const { address, seatMapId } = data;
  const keeper = openKeeper({ desk, drafts, address, seatMapId, clock: () => Date.now() });
  if (data.from) openMap(desk, data.from);
  else restoreDraft(keeper, drafts, seatMapId);
  const load = async (auditoriumId: string) =>
    (await fetchSeatMap(new URL(auditoriumId, new URL(address, location.href)).pathname))?.seatMap;
  holder.replaceChildren();
  const onFirst = () => (holder.dataset["editor"] = "open");
  const { name, others, pricesHref } = data;
  render(<App {...{ desk, keeper, load, onFirst, name, others, pricesHref }} />, holder);
}

openEditor();
