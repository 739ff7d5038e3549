// A panel over the page, opened by a button with `popovertarget`: below it on wide screens, from the lower edge on phones. The
// browser opens and closes it, without scripts.

import type { ComponentChildren } from "preact";
import { t } from "../messages.ts";
import { Icon } from "./icon.tsx";

export function Panel(props: { id: string; title: string; children: ComponentChildren }) {
  return (
    <div id={props.id} class="panel" popover="auto" role="dialog" aria-label={props.title}>
      <div class="panel-head">
        <h2>{props.title}</h2>
        <button type="button" class="panel-close" popovertarget={props.id} popovertargetaction="hide">
          <Icon name="close" />
          <span class="unseen">{t.close}</span>
        </button>
      </div>
      {props.children}
    </div>
  );
}
