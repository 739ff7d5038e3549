// The door without leaving its page: codes from the camera, from a scanner that types and from fingers go to the API one after
// the other. Nothing is kept here: only what the server answered is an admission.

import { render } from "preact";
import { codeOf, ticketCode, type AnswerView } from "../door/answer.ts";
import { AnswerBox } from "../door/answer-box.tsx";
import { Camera } from "../door/camera.ts";
import { askDoor, type DoorPage } from "../door/asking.ts";
import { Count } from "../door/count.ts";
import { Past } from "../door/past.ts";
import { Recent } from "../door/recent.ts";
import { Signals } from "../door/signals.ts";
import { listenToWedge } from "../door/wedge.ts";

/** Typed faster than answered: more than a queue of people ever is. */
const mostWaiting = 20;

function openDoor(root: HTMLElement): void {
  const page = JSON.parse(root.dataset["door"] ?? "{}") as DoorPage;
  const find = (part: string) => root.querySelector<HTMLElement>(`[data-part=${part}]`)!;
  const [box, cameraPart, status] = [find("answer"), find("camera"), find("status")];
  const form = root.querySelector("form")!;
  const code = form.querySelector<HTMLInputElement>("input[name=token]")!;
  const gate = form.querySelector<HTMLInputElement>("input[name=gate]")!;
  for (const part of root.querySelectorAll<HTMLElement>("[data-live]")) part.hidden = false;
  const signals = new Signals(find("sound") as HTMLInputElement);
  const past = new Past(find("past"));
  const count = new Count(find("count"), page);
  const { texts } = page;
  // What the server drew is drawn once more, and from then on changed.
  box.replaceChildren();
  const draw = (view: AnswerView) => render(<AnswerBox {...view} />, box);
  draw({ tone: "ready", word: texts.ready, why: texts.readyWhy });

  const waiting: string[] = [];
  let busy = false;
  const recent = new Recent();

  function take(text: string, byHand = true): void {
    const one = codeOf(text);
    if (one === "" || waiting.length >= mostWaiting || !recent.isNew(one, byHand)) return;
    waiting.push(one);
    if (!busy) void work();
  }

  async function work(): Promise<void> {
    busy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      root.dataset["busy"] = "yes";
      const { view, counted } = await askDoor(page, next, gate.value.trim() || page.usualGate);
      if (view.tone === "unsure") recent.unsure(next);
      draw(view);
      if (view.tone !== "ready") signals.give(view.tone);
      past.add(view);
      if (counted) count.show(counted);
    }
    delete root.dataset["busy"];
    busy = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (code.value.trim() === "") return code.focus();
    take(code.value);
    code.value = "";
  });
  listenToWedge({ ignore: code, spared: gate, take, code: ticketCode });
  window.addEventListener("offline", () => draw({ tone: "unsure", word: texts.offline, why: texts.offlineWhy }));
  window.addEventListener("online", () => draw({ tone: "ready", word: texts.ready, why: texts.readyWhy }));

  useCamera(find, { root: cameraPart, answer: box, status, texts, take });
}

function useCamera(
  find: (part: string) => HTMLElement,
  page: {
    root: HTMLElement;
    answer: HTMLElement;
    status: HTMLElement;
    texts: DoorPage["texts"];
    take(code: string, byHand: boolean): void;
  },
): void {
  const { root, status, texts } = page;
  const [video, start, stop] = [find("video") as HTMLVideoElement, find("start"), find("stop")];
  const [light, lightRow] = [find("light") as HTMLInputElement, find("light-row")];
  const camera = new Camera(video, (code) => page.take(code, false));
  let wanted = false;
  const show = (running: boolean, text = "", wrong = false) => {
    root.hidden = !running;
    start.hidden = running;
    lightRow.hidden = !running || !camera.hasLight;
    status.textContent = text;
    status.className = wrong ? "field-error" : "hint";
  };
  const open = async () => {
    wanted = true;
    // A page without a camera to ask for: one that is not https, or a device without any.
    if (!("mediaDevices" in navigator)) return show(false, texts.noCamera, true);
    try {
      root.hidden = false;
      await camera.start();
      show(true, texts.looking);
      // Answer and picture together in view, on a phone too.
      page.answer.scrollIntoView({ block: "start" });
    } catch (error) {
      wanted = false;
      camera.stop();
      const name = error instanceof DOMException ? error.name : "";
      const missing = name === "NotFoundError" || name === "OverconstrainedError";
      show(false, missing ? texts.noCamera : name === "NotAllowedError" ? texts.refused : texts.busy, true);
    }
  };
  start.addEventListener("click", () => void open());
  stop.addEventListener("click", () => {
    wanted = false;
    camera.stop();
    show(false);
    start.focus();
  });
  light.addEventListener("change", () => void camera.light(light.checked).catch(() => (light.checked = false)));
  // A phone in the pocket need not look; taken out again, it goes on.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) camera.stop();
    else if (wanted) void open();
  });
}

for (const root of document.querySelectorAll<HTMLElement>("[data-door]")) openDoor(root);
