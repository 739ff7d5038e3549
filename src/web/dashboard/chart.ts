// Draws a chart from the table that stands beside it: bars for what is, a broken line for what was before.

import uPlot from "uplot";

interface Lines {
  labels: string[];
  /** As long as `labels`; null where there is nothing. */
  now: (number | null)[];
  before: (number | null)[];
  /** What the table says in each cell. */
  words: string[];
}

const height = 260;
const narrow = 480;

/** Draws into `chart` what its table says; answers what draws it again. */
export function drawChart(chart: HTMLElement): () => void {
  const plot = chart.querySelector<HTMLElement>(".dash-plot");
  const table = document.getElementById(chart.dataset["chart"] ?? "");
  if (!plot || !table) return () => undefined;
  let drawn: uPlot | undefined;
  let known = "";
  const draw = () => {
    const lines = readLines(table);
    const text = JSON.stringify(lines);
    if (drawn && text === known) return;
    known = text;
    drawn?.destroy();
    plot.replaceChildren();
    drawn = new uPlot(optionsOf(chart, plot, lines), dataOf(lines), plot);
  };
  const drawAnew = () => {
    known = "";
    draw();
  };
  draw();
  new ResizeObserver(() => drawn && plot.clientWidth !== drawn.width && drawAnew()).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAnew);
  return draw;
}

function readLines(table: HTMLElement): Lines {
  const lines: Lines = { labels: [], now: [], before: [], words: [] };
  for (const row of table.querySelectorAll("tbody tr")) {
    const head = row.querySelector<HTMLElement>("[data-label]");
    const cell = (series: string) => row.querySelector<HTMLDataElement>(`data[data-series="${series}"]`);
    const [now, before] = [cell("now"), cell("before")];
    lines.labels.push(head?.dataset["label"] ?? "");
    lines.now.push(now ? Number(now.value) : null);
    lines.before.push(before ? Number(before.value) : null);
    const said = [head?.textContent, now?.textContent, before && `(${before.textContent})`];
    lines.words.push(said.filter(Boolean).join("  "));
  }
  return lines;
}

function dataOf({ labels, now, before }: Lines): uPlot.AlignedData {
  const hasBefore = before.some((value) => value !== null);
  return [labels.map((_, index) => index), now, ...(hasBefore ? [before] : [])];
}

function optionsOf(chart: HTMLElement, plot: HTMLElement, lines: Lines): uPlot.Options {
  const colour = (name: string) => getComputedStyle(chart).getPropertyValue(name).trim();
  const font = `12px ${getComputedStyle(chart).fontFamily}`;
  const count = lines.labels.length;
  const axis = { stroke: colour("--text-soft"), font, ticks: { show: false } } as const;
  return {
    width: plot.clientWidth,
    height,
    padding: [12, 8, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.5, count - 0.5] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
    },
    series: [{}, barsOf(colour), ...(dataOf(lines).length > 2 ? [lineOf(colour, count)] : [])],
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: [1, 2, 3, 4, 6, 7, 10, 14],
        space: plot.clientWidth < narrow ? 56 : 72,
        values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? (lines.labels[at] ?? "") : "")),
      },
      {
        ...axis,
        grid: { stroke: colour("--line"), width: 1 },
        size: 60,
        space: 44,
        values: (_, splits) => splits.map(amounts(chart)),
      },
    ],
    plugins: [tooltip(lines)],
  };
}

function barsOf(colour: (name: string) => string): uPlot.Series {
  const bars = uPlot.paths.bars?.({ size: [0.72, 44], radius: 0.12 });
  return {
    fill: colour("--chart-now"),
    stroke: colour("--chart-now"),
    width: 0,
    points: { show: false },
    ...(bars ? { paths: bars } : {}),
  };
}

function lineOf(colour: (name: string) => string, count: number): uPlot.Series {
  const points = { show: count <= 40, size: 6, fill: colour("--surface"), stroke: colour("--chart-before") };
  return { stroke: colour("--chart-before"), width: 2, dash: [6, 4], spanGaps: true, points };
}

/** Short: `$1.2K`. The table has every digit. */
function amounts({ dataset }: HTMLElement): (value: number) => string {
  const { currency, locale, digits = "0" } = dataset;
  const money = currency === undefined ? {} : ({ style: "currency", currency, minimumFractionDigits: 0 } as const);
  const format = new Intl.NumberFormat(locale, { ...money, notation: "compact", maximumFractionDigits: 1 });
  return (value) => format.format(value / 10 ** Number(digits));
}

/** What the table says of the step under the pointer. */
function tooltip(lines: Lines): uPlot.Plugin {
  const box = document.createElement("div");
  box.className = "dash-tip";
  box.hidden = true;
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { idx, left = -1 } = plot.cursor;
        box.hidden = idx === null || idx === undefined || left < 0;
        if (box.hidden || idx === null || idx === undefined) return;
        box.textContent = lines.words[idx] ?? "";
        const at = plot.valToPos(idx, "x");
        const most = plot.over.clientWidth - box.offsetWidth;
        box.style.transform = `translateX(${Math.max(0, Math.min(most, at - box.offsetWidth / 2))}px)`;
      },
    },
  };
}
