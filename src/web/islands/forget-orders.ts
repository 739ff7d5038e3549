// Drops the orders that this browser saved: whoever signs out, or is about to sign in, may be at a device that others use. See
// docs/decisions/019.

/** As in offline/service-worker.ts. */
const pages = "marquee-orders";

async function forgetOrders(): Promise<void> {
  if ("caches" in window) await caches.delete(pages);
}

const signOut = document.querySelectorAll<HTMLFormElement>("[data-forget-orders]");
// A page without such a form is one of those for whoever is not signed in.
if (signOut.length === 0) void forgetOrders();
for (const form of signOut) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Sent in any case: what a browser cannot forget must not keep anybody signed in.
    void forgetOrders().finally(() => form.submit());
  });
}
