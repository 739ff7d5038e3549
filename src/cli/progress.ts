// Progress of long work. A person sees one line drawn again and again; a log gets a line every ten percent.

import type { Terminal } from "./command.ts";

export interface Progress {
  /** `done` of `total` is through, in any unit. Cheap enough to be called for every item. */
  update(done: number, total: number): void;
  /** Ends the line and says how long it took. */
  end(): void;
}

const redrawMs = 100;
const barWidth = 24;

export function createProgress(title: string, terminal: Terminal): Progress {
  const startedAt = terminal.now();
  let drawnAt = -Infinity;
  let tenths = 0;
  return {
    update(done, total) {
      const share = total <= 0 ? 1 : Math.min(1, done / total);
      const now = terminal.now();
      if (terminal.interactive) {
        if (now - drawnAt < redrawMs && share < 1) return;
        drawnAt = now;
        const filled = Math.round(share * barWidth);
        const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
        const line = `${title} ${bar} ${percent(share)}${remaining(share, now - startedAt)}`;
        terminal.write(`\r\u001B[2K${line.slice(0, Math.max(20, terminal.columns - 1))}`);
        return;
      }
      const reached = Math.floor(share * 10);
      if (reached <= tenths) return;
      tenths = reached;
      terminal.write(`${title}: ${reached * 10} %${remaining(share, now - startedAt)}\n`);
    },
    end() {
      const took = duration(terminal.now() - startedAt);
      terminal.write(terminal.interactive ? `\r\u001B[2K${title}: done in ${took}\n` : `${title}: done in ${took}\n`);
    },
  };
}

function percent(share: number): string {
  return `${Math.floor(share * 100)
    .toString()
    .padStart(3)} %`;
}

function remaining(share: number, elapsedMs: number): string {
  // Before the first percent and the first half second a guess would only jump about.
  if (share < 0.01 || share >= 1 || elapsedMs < 500) return "";
  return `, ${duration((elapsedMs / share) * (1 - share))} left`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
