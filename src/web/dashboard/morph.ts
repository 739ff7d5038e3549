// Makes elements that are shown look like others that were just read, changing only what differs: where one reads, scrolled to
// or opened something, everything stays in its place.

/** Attributes that belong to whoever looks at the page. */
const own: ReadonlySet<string> = new Set(["open"]);
const changedClass = "figure-changed";

/** Makes the children of `shown` those of `read`. What has `data-keep` belongs to a script and is left alone. */
export function morphChildren(shown: Element, read: Element): void {
  const [old, wanted] = [[...shown.childNodes], [...read.childNodes]];
  for (const [index, node] of wanted.entries()) {
    const before = old[index];
    if (!before) shown.append(node);
    else if (!isSameKind(before, node)) before.replaceWith(node);
    else if (before instanceof Element && node instanceof Element) morph(before, node);
    else if (before.nodeValue !== node.nodeValue) changeText(before, node.nodeValue);
  }
  for (const rest of old.slice(wanted.length)) rest.remove();
}

function isSameKind(one: Node, other: Node): boolean {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  return !(one instanceof Element) || !(other instanceof Element) || one.id === other.id;
}

function morph(shown: Element, read: Element): void {
  if (shown.hasAttribute("data-keep")) return;
  for (const name of shown.getAttributeNames()) {
    if (!read.hasAttribute(name) && !own.has(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of read.attributes) {
    if (shown.getAttribute(name) !== value && !own.has(name)) shown.setAttribute(name, value);
  }
  morphChildren(shown, read);
}

/** A figure that moved is marked for a moment. */
function changeText(text: Node, value: string | null): void {
  text.nodeValue = value;
  const figure = text.parentElement?.closest("data");
  if (!figure) return;
  figure.classList.remove(changedClass);
  // Read, so that the animation begins anew.
  void (figure as HTMLElement).offsetWidth;
  figure.classList.add(changedClass);
  figure.addEventListener("animationend", () => figure.classList.remove(changedClass), { once: true });
}
