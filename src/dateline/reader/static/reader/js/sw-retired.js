// What takes the worker away again where the newsroom has switched it off, and all that it kept but for
// the list of saved stories, which is the reader's.

const retiring = /** @type {any} */ (self);

retiring.addEventListener("install", () => retiring.skipWaiting());
retiring.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) {
    if (name.startsWith("dateline-")) await caches.delete(name);
  }
  await retiring.registration.unregister();
}
