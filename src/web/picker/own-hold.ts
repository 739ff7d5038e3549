// "C-7 and C-8: held for you": for whoever comes back from the check-out, and finds their own seats taken.

import { fill } from "./fill.ts";
import type { KeptHold } from "./kept.ts";
import type { Words } from "./words.ts";

export function showOwnHold(words: Words, hold: KeptHold): void {
  const { texts } = words;
  const box = document.createElement("div");
  box.className = "notice notice-info own-hold";
  const text = document.createElement("p");
  const link = document.createElement("a");
  link.className = "button button-main button-small";
  link.href = `/holds/${hold.id}`;
  link.textContent = texts.ownGo;
  box.append(text, link);
  document.querySelector(".picker")?.before(box);
  const tick = () => {
    const left = Math.max(0, Math.round((hold.until - Date.now()) / 1_000));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    text.textContent = fill(texts.own, { seats: words.names(hold.seats), time });
    if (left > 0) return;
    clearInterval(timer);
    box.remove();
  };
  const timer = setInterval(tick, 1_000);
  tick();
}
