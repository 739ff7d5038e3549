// A poster's or a still's part is chosen on the picture itself and sent ahead of the form, with its progress; what is wrong with a file is said
// at once. Without this script the file goes with the form, as it is.

import { fill } from "../picker/fill.ts";

const types = ["image/png", "image/jpeg", "image/webp"];
const mostBytes = 5 * 1024 * 1024;
/** Height by width, and the least width that is left. */
const shapes = { poster: { ratio: 3 / 2, least: 100 }, still: { ratio: 9 / 16, least: 320 } } as const;

type Texts = Record<
  | "what"
  | "box"
  | "left"
  | "top"
  | "width"
  | "use"
  | "sending"
  | "kept"
  | "kind"
  | "size"
  | "pixels"
  | "small"
  | "broken",
  string
> &
  Record<"refused" | "failed", string>;

function cropper(root: HTMLElement): void {
  const form = root.closest("form");
  const file = form?.querySelector<HTMLInputElement>("input[name=image]");
  const kind = root.dataset["kind"] === "still" ? "still" : "poster";
  const { ratio, least } = shapes[kind];
  const kept = form?.querySelector<HTMLInputElement>(`input[name=${kind}Id]`);
  if (!form || !file || !kept) return;
  const texts = JSON.parse(root.dataset["texts"] ?? "{}") as Texts;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const stage = document.createElement("div");
  root.append(stage, status);
  const say = (text: string, wrong = false) => {
    status.textContent = text;
    status.className = wrong ? "field-error" : "crop-status";
  };

  file.addEventListener("change", () => void choose());

  async function choose(): Promise<void> {
    stage.replaceChildren();
    kept!.value = "";
    say("");
    const chosen = file!.files?.[0];
    if (!chosen) return;
    const refuse = (text: string) => {
      say(fill(text, { name: chosen.name, least }), true);
      file!.value = "";
    };
    if (!types.includes(chosen.type)) return refuse(texts.kind);
    if (chosen.size > mostBytes) return refuse(texts.size);
    const picture = await createImageBitmap(chosen).catch(() => undefined);
    if (!picture) return refuse(texts.broken);
    const width = Math.floor(Math.min(picture.width, picture.height / ratio));
    if (width < least) return refuse(texts.small);
    show(chosen, picture, width);
  }

  function show(chosen: File, picture: ImageBitmap, widest: number): void {
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 480 / Math.max(picture.width, picture.height));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const box = document.createElement("div");
    box.className = "crop-box";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", texts.box);
    const frame = document.createElement("div");
    frame.className = "crop-frame";
    frame.append(canvas, box);
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = texts.what;
    const fields = { left: numberField(texts.left), top: numberField(texts.top), width: numberField(texts.width) };
    const use = document.createElement("button");
    use.type = "button";
    use.className = "button button-quiet";
    use.textContent = texts.use;
    const row = document.createElement("div");
    row.className = "crop-fields";
    row.append(...Object.values(fields).map(({ label }) => label));
    stage.replaceChildren(hint, frame, row, use);

    const part = { left: 0, top: 0, width: widest };
    const within = (value: number, most: number) => Math.max(0, Math.min(Math.round(value), Math.floor(most)));
    const height = () => Math.floor(part.width * ratio);
    const put = (wanted: Partial<typeof part>) => {
      part.width = Math.max(least, within(wanted.width ?? part.width, widest));
      part.left = within(wanted.left ?? part.left, picture.width - part.width);
      part.top = within(wanted.top ?? part.top, picture.height - height());
      const share = (value: number, of: number) => `${(100 * value) / of}%`;
      box.style.left = share(part.left, picture.width);
      box.style.top = share(part.top, picture.height);
      box.style.width = share(part.width, picture.width);
      box.style.height = share(height(), picture.height);
      for (const name of ["left", "top", "width"] as const) fields[name].input.value = String(part[name]);
    };
    put({ left: (picture.width - widest) / 2, top: (picture.height - widest * ratio) / 2 });

    for (const name of ["left", "top", "width"] as const) {
      fields[name].input.addEventListener("change", () => put({ [name]: Number(fields[name].input.value) }));
    }
    box.addEventListener("keydown", (event) => {
      const by = Math.max(1, Math.round(picture.width / 100));
      const steps: Record<string, Partial<typeof part>> = {
        ArrowLeft: { left: part.left - by },
        ArrowRight: { left: part.left + by },
        ArrowUp: { top: part.top - by },
        ArrowDown: { top: part.top + by },
        "+": { width: part.width + by },
        "-": { width: part.width - by },
      };
      const wanted = steps[event.key];
      if (!wanted) return;
      event.preventDefault();
      put(wanted);
    });
    box.addEventListener("pointerdown", (event) => {
      const from = { ...part, x: event.clientX, y: event.clientY };
      const pixels = picture.width / frame.getBoundingClientRect().width;
      box.setPointerCapture(event.pointerId);
      const move = ({ clientX, clientY }: PointerEvent) =>
        put({ left: from.left + (clientX - from.x) * pixels, top: from.top + (clientY - from.y) * pixels });
      box.addEventListener("pointermove", move);
      box.addEventListener("lostpointercapture", () => box.removeEventListener("pointermove", move), { once: true });
    });
    use.addEventListener("click", () => send(chosen, { ...part, height: height() }, use));
  }

  function send(chosen: File, part: Record<string, number>, use: HTMLButtonElement): void {
    const words = { name: chosen.name };
    const query = new URLSearchParams(Object.entries(part).map(([name, value]) => [name, String(value)]));
    const body = new FormData();
    body.append("image", chosen);
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", fill(texts.sending, words));
    use.disabled = true;
    use.after(bar);
    say(fill(texts.sending, words));
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = loaded / total));
    request.addEventListener("loadend", () => {
      bar.remove();
      use.disabled = false;
      const answer = parsed(request.responseText);
      if (request.status === 201 && answer.id !== undefined) {
        kept!.value = answer.id;
        // It is there already: the form need not carry it again.
        file!.value = "";
        file!.required = false;
        say(fill(texts.kept, words));
        // A still has no other fields that somebody might still fill in.
        if (kind === "still") form!.requestSubmit();
      } else if (answer.reason !== undefined && Object.hasOwn(texts, answer.reason)) {
        say(fill(texts[answer.reason as "kind"], { ...words, least }), true);
      } else if (answer.detail !== undefined) say(fill(texts.refused, { ...words, why: answer.detail }), true);
      else say(fill(texts.failed, words), true);
    });
    query.set("kind", kind);
    request.open("POST", `${root.dataset["crop"] ?? ""}?${query.toString()}`);
    request.send(body);
  }
}

function numberField(text: string): { label: HTMLElement; input: HTMLInputElement } {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "number";
  input.min = "0";
  label.append(text, input);
  return { label, input };
}

function parsed(text: string): { id?: string; detail?: string; reason?: string } {
  try {
    return JSON.parse(text) as ReturnType<typeof parsed>;
  } catch {
    return {};
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-crop]")) cropper(root);
