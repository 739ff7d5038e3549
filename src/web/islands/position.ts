// "Use my position": asks the device, and goes on with what it says.

function offerPosition(holder: HTMLElement): void {
  const button = holder.querySelector("button");
  const status = holder.querySelector<HTMLElement>("[role=status]");
  if (!button || !status || !("geolocation" in navigator) || !window.isSecureContext) return;
  holder.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = status.dataset["waiting"] ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const address = new URL(holder.dataset["position"] ?? "/", window.location.href);
        // Two decimals are about a kilometre: enough for distances.
        address.searchParams.set("at", `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`);
        window.location.assign(address);
      },
      () => {
        status.textContent = status.dataset["failed"] ?? "";
      },
      { maximumAge: 600_000, timeout: 10_000 },
    );
  });
}

for (const holder of document.querySelectorAll<HTMLElement>("[data-position]")) offerPosition(holder);
