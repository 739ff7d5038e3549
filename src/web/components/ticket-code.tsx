// The code of a ticket: large beside its text, and by a tap as large as the screen, on white, which is as bright as a page can make it.
// The drawing stands in the page once.

import { encodeQR } from "qr";
import { t } from "../messages.ts";

/** White squares around the code: what the standard wants. */
const border = 4;

/** `name` is said with the code, and stands below it where it fills the screen. `id` is unique in the page. */
export function TicketCode({ id, token, name }: { id: string; token: string; name: string }) {
  const rows = encodeQR(token, "raw", { ecc: "medium", border });
  const viewBox = `0 0 ${rows.length} ${rows.length}`;
  const label = t.ticket.code(name);
  return (
    <div class="ticket-code-frame">
      <button
        type="button"
        class="ticket-code"
        popovertarget={`${id}-large`}
        aria-label={`${label}. ${t.ticket.enlarge}`}
      >
        <svg viewBox={viewBox} aria-hidden="true" shape-rendering="crispEdges">
          <path id={id} d={outlineOf(rows)} />
        </svg>
      </button>
      <p class="ticket-enlarge soft small" aria-hidden="true">
        {t.ticket.tap}
      </p>
      <div id={`${id}-large`} class="ticket-large" popover="auto" role="dialog" aria-label={label}>
        <button type="button" popovertarget={`${id}-large`} popovertargetaction="hide">
          <svg viewBox={viewBox} aria-hidden="true" shape-rendering="crispEdges">
            <use href={`#${id}`} />
          </svg>
          <span class="ticket-large-name">{name}</span>
          <span>{t.ticket.close}</span>
        </button>
      </div>
    </div>
  );
}

/** The dark squares as one path, a piece for each run of them in a row. */
function outlineOf(rows: readonly (readonly boolean[])[]): string {
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x] === true) x += 1;
      path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  }
  return path;
}
