// Keeps the dashboard's figures new: asks the server for them as often as it has newer ones, while somebody looks, and says when
// those on the page were read.

import { morphChildren } from "./morph.ts";

type State = "on" | "paused" | "lost" | "ended";

/** Between two questions at least: the server says when it will know more. */
const leastMs = 3_000;
/** After a failure, twice as long each time. */
const mostMs = 60_000;

/** `changed` is called after the figures moved. */
export function keepLive(figures: HTMLElement, changed: () => void): void {
  const line = document.querySelector<HTMLElement>("[data-live-line]");
  const said = document.querySelector<HTMLElement>("[data-live-said]");
  const button = document.querySelector<HTMLButtonElement>("[data-live-pause]");
  const address = figures.dataset["live"];
  if (!line || !said || !button || address === undefined) return;
  let state: State = "on";
  let at = Number(line.dataset["at"]);
  let etag = "";
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    line.textContent = sentence(line, state, at);
    line.dataset["state"] = state;
  };
  const become = (next: State) => {
    if (next === state) return;
    const isBack = state === "lost" && next === "on";
    state = next;
    show();
    // Only what is new to know is read out, not every second's time.
    if (state !== "on" || isBack) said.textContent = isBack ? (line.dataset["back"] ?? "") : sentence(line, state, at);
  };
  const wait = (ms: number) => {
    clearTimeout(timer);
    if (state === "on" || state === "lost") timer = setTimeout(() => void ask(), ms);
  };
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(address, {
      headers: etag === "" ? {} : { "if-none-match": etag },
      cache: "no-store",
      redirect: "manual",
    }).catch(() => undefined);
    if (state === "paused") return;
    if (answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) {
      return become("ended");
    }
    if (!answer || (answer.status !== 200 && answer.status !== 304)) {
      failures += 1;
      become("lost");
      return wait(Math.min(mostMs, leastMs * 2 ** failures));
    }
    failures = 0;
    if (answer.status === 200) {
      etag = answer.headers.get("etag") ?? "";
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      morphChildren(figures, read.body);
      changed();
    }
    at = Number(answer.headers.get("x-figures-at")) || at;
    become("on");
    show();
    wait(Math.max(leastMs, Number(answer.headers.get("x-figures-next"))));
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    const paused = state !== "paused";
    button.textContent = (paused ? button.dataset["resume"] : button.dataset["pause"]) ?? "";
    become(paused ? "paused" : "on");
    if (paused) clearTimeout(timer);
    else void ask();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && (state === "on" || state === "lost")) void ask();
  });
  addEventListener("offline", () => state === "on" && become("lost"));
  addEventListener("online", () => state === "lost" && void ask());
  show();
  wait(Math.max(leastMs, Number(figures.dataset["next"])));
}

/** A sentence of the page with the time in it, by the clock that its days go by. */
function sentence(line: HTMLElement, state: State, at: number): string {
  const { zone = "UTC", locale } = line.dataset;
  const options = { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" } as const;
  const time = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
  return (line.dataset[state] ?? "").replace("{time}", time);
}
