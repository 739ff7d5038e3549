// The clock of a hold: counts down what the server said was left, by this device's running time and not by its clock. Says the
// rest aloud a few times, politely, and looks again when it is over: the page then offers the same seats, or the nearest.

import { keepHold } from "../picker/kept.ts";

function runHoldClock(): void {
  const line = document.querySelector<HTMLElement>("[data-left-ms]");
  const face = line?.querySelector<HTMLElement>(".hold-clock-face");
  const status = line?.querySelector<HTMLElement>("[role=status]");
  if (!line || !face || !status) return;
  const leftMs = Number(line.dataset["leftMs"]);
  const end = performance.now() + leftMs;
  const said = JSON.parse(line.dataset["said"] ?? "[]") as [seconds: number, text: string][];
  const hold = JSON.parse(line.dataset["hold"] ?? "{}") as { id: string; showing: string; seats: string[] };
  keepHold(hold.showing, { id: hold.id, seats: hold.seats, until: Date.now() + leftMs });
  line.classList.add("hold-clock-runs");
  let before = Infinity;

  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    face.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    line.classList.toggle("hold-clock-late", left <= 60);
    // What passed while the page slept is not said; what begins now is no news either.
    const due = said.findLast(([seconds]) => left <= seconds);
    if (due && due[0] < before && before !== Infinity) status.textContent = due[1];
    before = due?.[0] ?? 1e9;
    if (left > 0) return;
    clearInterval(timer);
    status.textContent = line.dataset["over"] ?? "";
    // Not loaded again: this may be the page of a form that was refused.
    window.location.replace(`/holds/${hold.id}`);
  };
  const timer = setInterval(tick, 500);
  tick();
  // Whoever pays in the last second gets the answer to that.
  document.addEventListener("submit", () => clearInterval(timer));
}

runHoldClock();
