// Counts with a button on either side, for thumbs.

import type { PickerData } from "./data.ts";

/** Puts buttons beside every field of a count in the page. */
export function addSteppers(texts: PickerData["texts"]): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(".counters input[type=number]")) {
    const label = input.labels?.[0]?.firstChild?.textContent ?? "";
    const button = (sign: string, text: string, step: () => void) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "step";
      made.textContent = sign;
      made.setAttribute("aria-label", `${text}: ${label}`);
      made.addEventListener("click", () => {
        step();
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return made;
    };
    const frame = document.createElement("span");
    frame.className = "stepper";
    input.replaceWith(frame);
    frame.append(
      button("−", texts.fewer, () => input.stepDown()),
      input,
      button("+", texts.more, () => input.stepUp()),
    );
  }
}

/** Calls back with the sum of a form's counts, now and whenever it changes. */
export function watchCounts(form: HTMLFormElement, changed: (sum: number) => void): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>(".counters input")];
  const tell = () => changed(inputs.reduce((sum, input) => sum + (Math.trunc(Number(input.value)) || 0), 0));
  form.addEventListener("input", tell);
  tell();
}
