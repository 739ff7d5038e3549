// Plays a trailer in a dialog. Video and frame are made when it opens and taken away when it closes: nothing loads before, and
// nothing plays on after.

const link = document.querySelector<HTMLAnchorElement>("[data-trailer]");
const dialog = document.querySelector<HTMLDialogElement>("#trailer");
const frame = dialog?.querySelector<HTMLElement>(".trailer-frame");

function videoOf(address: string): HTMLElement {
  const video = document.createElement("video");
  video.src = address;
  video.controls = true;
  video.autoplay = true;
  video.playsInline = true;
  return video;
}

function playerOf(address: string): HTMLElement {
  const player = document.createElement("iframe");
  player.src = address;
  player.allow = "fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  return player;
}

if (link && dialog && frame) {
  link.addEventListener("click", (event) => {
    // To another tab as any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { trailer, address = "" } = link.dataset;
    const player = trailer === "file" ? videoOf(address) : playerOf(address);
    player.title = frame.dataset["title"] ?? "";
    frame.replaceChildren(player);
    dialog.showModal();
  });
  dialog.addEventListener("close", () => frame.replaceChildren());
  // Where `closedby` is not known yet.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
