// The one big answer at the door: its colour repeats what sign and word say.

import { Icon } from "../components/icon.tsx";
import type { AnswerView } from "./answer.ts";

const signs = { yes: "check", no: "close", unsure: "warning", ready: "scan" } as const;

export function AnswerBox({ tone, word, why, seat, about }: AnswerView) {
  return (
    <div class={`door-box door-${tone}`} data-tone={tone}>
      <p class="door-word">
        <Icon name={signs[tone]} />
        {word}
      </p>
      {why && <p class="door-why">{why}</p>}
      {seat && <p class="door-seat">{seat}</p>}
      {about && <p>{about}</p>}
    </div>
  );
}
