// "Use my position": fills the list with what is near the device.

function offerPosition(): void {
  const holder = document.querySelector<HTMLElement>("[data-position]");
  const button = holder?.querySelector("button");
  const status = holder?.querySelector<HTMLElement>("[role=status]");

  if (holder && button && status && "geolocation" in navigator && window.isSecureContext) {
    holder.hidden = false;
    button.addEventListener("click", () => {
      status.textContent = status.dataset["waiting"] ?? "";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const address = new URL(window.location.href);
          address.searchParams.delete("near");
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
}

offerPosition();
