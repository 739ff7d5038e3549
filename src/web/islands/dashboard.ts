// The seller's dashboard: charts over the pictures, drawn from the tables beside them, and figures that move as tickets sell.

import { drawChart } from "../dashboard/chart.ts";
import { keepLive } from "../dashboard/live.ts";

const figures = document.querySelector<HTMLElement>("[data-live]");
const charts = [...document.querySelectorAll<HTMLElement>("[data-chart]")].map(drawChart);
if (figures) keepLive(figures, () => charts.forEach((draw) => draw()));

// One of the panels at a time, and none after a press beside it or Escape.
const panels = [...document.querySelectorAll<HTMLDetailsElement>(".dash-more")];
document.addEventListener("click", ({ target }) => {
  for (const panel of panels) if (!(target instanceof Node && panel.contains(target))) panel.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const open = panels.find((panel) => panel.open);
  if (key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
