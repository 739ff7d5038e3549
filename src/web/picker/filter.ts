// Prices in the legend as buttons: those that are pressed are shown alone.

export interface Filter {
  isShown(band: number): boolean;
}

export function addFilter(changed: () => void): Filter {
  const pressed = new Set<number>();
  // Its buttons can be reached, so the list itself need not.
  document.querySelector("[data-bands]")?.removeAttribute("tabindex");
  document.querySelectorAll<HTMLElement>("[data-bands] .band-chip").forEach((chip, band) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "band-chip";
    button.setAttribute("aria-pressed", "false");
    button.append(...chip.childNodes);
    chip.replaceWith(button);
    button.addEventListener("click", () => {
      if (!pressed.delete(band)) pressed.add(band);
      button.setAttribute("aria-pressed", String(pressed.has(band)));
      changed();
    });
  });
  return { isShown: (band) => pressed.size === 0 || pressed.has(band) };
}
