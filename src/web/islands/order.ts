// The page of an order: saved for where there is no network, said to be a copy where it is one, and a screen that stays on while a
// code fills it. See docs/decisions/019.

import { keepHold } from "../picker/kept.ts";

const notice = document.querySelector<HTMLElement>("[data-keep-until]");
const copiedAt = Number(document.documentElement.dataset["savedAt"]);

/** `Saved copy, as of 6:03 PM`, with the day if it is not today. */
function sayCopied(): void {
  if (!notice || !copiedAt) return;
  const at = new Date(copiedAt);
  const isToday = at.toDateString() === new Date().toDateString();
  const moment = at.toLocaleString(document.documentElement.lang, {
    ...(isToday ? {} : { weekday: "short", month: "short", day: "numeric" }),
    hour: "numeric",
    minute: "2-digit",
  });
  notice.textContent = (notice.dataset["text"] ?? "").replace("%", moment);
  notice.hidden = false;
}

async function save(): Promise<void> {
  if (!notice || copiedAt || !("serviceWorker" in navigator)) return;
  const before = navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("/service-worker.js", { scope: "/orders/" });
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .concat(Array.from(document.querySelectorAll<HTMLImageElement>("img"), ({ currentSrc }) => currentSrc));
  active?.postMessage({ assets, ...(before ? {} : { page: window.location.pathname }) });
}

/** Screens go dark in the queue. */
function keepScreenOn(): void {
  let lock: Promise<WakeLockSentinel | undefined> | undefined;
  for (const large of document.querySelectorAll(".ticket-large")) {
    large.addEventListener("toggle", (event) => {
      void lock?.then((held) => held?.release());
      const opened = (event as ToggleEvent).newState === "open";
      lock = opened ? navigator.wakeLock?.request("screen").catch(() => undefined) : undefined;
    });
  }
}

sayCopied();
keepScreenOn();
// What this window held of the showing is bought.
if (notice?.dataset["showing"]) keepHold(notice.dataset["showing"], undefined);
if (document.readyState === "complete") void save();
else window.addEventListener("load", () => void save(), { once: true });
