// A show's stills on its page: a strip to move along, below what people came for.

import type { Show } from "../../catalogue/model.ts";
import { t } from "../messages.ts";
import { Still } from "./still.tsx";

export function Stills({ show: { title, stills = [] } }: { show: Pick<Show, "title" | "stills"> }) {
  if (stills.length === 0) return null;
  return (
    <div class="wrap wide show-stills">
      <h2 id="stills">{t.stills.title}</h2>
      <div class="still-strip" role="region" aria-labelledby="stills" tabIndex={0}>
        <ul>
          {stills.map((path, index) => (
            <li key={path}>
              <Still path={path} alt={t.stills.still(index + 1, title)} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
