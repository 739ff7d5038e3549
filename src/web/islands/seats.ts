// Live seats: boxes of seats that others take are disabled as it happens, counts follow, and the price of one's choice is said.

function followSeats(): void {
  interface Whole {
    version: number;
    states: string;
  }

  interface Change {
    version: number;
    places: Record<string, string>;
  }

  const bar = document.querySelector<HTMLElement>("[data-seats]");
  const chosenLine = bar?.querySelector<HTMLElement>(".seat-chosen");
  const counts = [...document.querySelectorAll<HTMLElement>("[data-left]")];
  const all = document.querySelector<HTMLElement>("[data-left-all]");
  const reduced = [...document.querySelectorAll<HTMLInputElement>('input[name^="tier."]')];
  const states: string[] = [];
  const inputs = new Map<number, HTMLInputElement>();
  /** Of each seat its tiers with their prices, the one it has by itself first. */
  const prices = new Map<HTMLInputElement, readonly (readonly [string, number])[]>();

  const priceOfStart = JSON.parse(bar?.dataset["prices"] ?? "{}") as Record<string, [string, number][]>;
  for (const grid of document.querySelectorAll<HTMLElement>("[data-start].rows")) {
    const start = Number(grid.dataset["start"]);
    grid.querySelectorAll<HTMLInputElement>("input[name=seat]").forEach((input, index) => {
      inputs.set(start + index, input);
      prices.set(input, priceOfStart[String(start)] ?? []);
    });
  }

  function apply(place: number, state: string): void {
    states[place] = state;
    const input = inputs.get(place);
    if (!input || input.disabled === (state !== "f")) return;
    input.disabled = state !== "f";
    if (!input.disabled || !input.checked) return;
    input.checked = false;
    say(input.value);
  }

  /** As the server will reckon: reduced tickets are those of the last seats that are sold so. */
  function priceOf(chosen: readonly HTMLInputElement[]): number {
    const tierOf = new Map(chosen.map((input) => [input, prices.get(input)?.[0]]));
    for (const field of reduced) {
      const id = field.name.slice("tier.".length);
      let wanted = Number(field.value) || 0;
      for (const input of [...chosen].reverse()) {
        const own = prices.get(input);
        const tier = own?.find(([name]) => name === id);
        if (wanted <= 0 || !tier || tierOf.get(input) !== own?.[0]) continue;
        tierOf.set(input, tier);
        wanted -= 1;
      }
    }
    return [...tierOf.values()].reduce((total, tier) => total + (tier?.[1] ?? 0), 0);
  }

  /** What is chosen and what it costs; a seat that was just lost is named. */
  function say(lost?: string): void {
    if (!bar || !chosenLine) return;
    const chosen = [...inputs.values()].filter((input) => input.checked);
    const money = new Intl.NumberFormat(document.documentElement.lang, {
      style: "currency",
      currency: bar.dataset["currency"] ?? "USD",
    });
    const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
    const sum = priceOf(chosen) / 10 ** digits;
    const parts = [
      lost === undefined ? "" : `${bar.dataset["taken"] ?? ""} ${lost}.`,
      chosen.length === 0 ? "" : `${chosen.map((input) => input.value).join(", ")} · ${money.format(sum)}`,
    ];
    chosenLine.textContent = parts.filter((part) => part !== "").join(" ");
  }

  function count(): void {
    let free = 0;
    for (const state of states) if (state === "f") free += 1;
    for (const element of counts) {
      const start = Number(element.dataset["start"]);
      const end = start + Number(element.dataset["count"]);
      let left = 0;
      for (let place = start; place < end; place += 1) if (states[place] === "f") left += 1;
      element.textContent = left.toLocaleString();
    }
    if (all) all.textContent = (all.textContent ?? "").replace(/[\d,.]+/, free.toLocaleString());
  }

  // Browsers tick boxes again after "back", also those of seats that are gone.
  for (const input of inputs.values()) {
    if (input.disabled) input.checked = false;
    input.addEventListener("change", () => say());
  }
  for (const field of reduced) field.addEventListener("input", () => say());
  say();

  const showing = /^\/showings\/([0-9a-z]+)/.exec(window.location.pathname)?.[1];
  if (showing !== undefined && (inputs.size > 0 || counts.length > 0)) {
    const stream = new EventSource(`/api/v1/showings/${showing}/seats/stream`);
    stream.addEventListener("seats", (event: MessageEvent<string>) => {
      const { states: letters } = JSON.parse(event.data) as Whole;
      for (let place = 0; place < letters.length; place += 1) apply(place, letters[place] ?? "b");
      count();
    });
    stream.addEventListener("change", (event: MessageEvent<string>) => {
      const { places } = JSON.parse(event.data) as Change;
      for (const [place, state] of Object.entries(places)) apply(Number(place), state);
      if (states.length > 0) count();
    });
    window.addEventListener("pagehide", () => stream.close());
  }
}

followSeats();
