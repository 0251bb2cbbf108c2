// The links by which something is followed, once it is: they say so, and lead to where it is ended.
// Loads: when idle, if somebody is logged in here or this browser may be notified.

import { me } from "./me.js";
import { notifiedOf } from "./notified.js";

/** @type {WeakMap<HTMLAnchorElement, { href: string, words: string | null }>} */
const asPressed = new WeakMap();

/** What is followed, named as `topic:88/en`: by mail, and by this browser. */
const followed = { /** @type {string[]} */ mail: [], /** @type {string[]} */ here: [] };

/** Have the links inside an element or a document say what is followed. */
export async function upgrade(root) {
  const [{ follows }, names] = await Promise.all([me(), notifiedHere()]);
  Object.assign(followed, { mail: follows, here: names });
  show(root);
}

/** Return what this browser is notified of; the house is asked where that is not kept here. */
async function notifiedHere() {
  const kept = notifiedOf();
  if (kept || globalThis.Notification?.permission !== "granted") return kept ?? [];
  const { BrowserPush } = await import("./browser-push.js");
  return new BrowserPush().mine().then(
    ({ follows }) => follows,
    () => [],
  );
}

/** What is followed by mail leads to the page of one's letters; what this browser follows, to the dialog that ends it. */
function show(root) {
  for (const link of root.querySelectorAll(".follow-link")) {
    if (!asPressed.has(link)) asPressed.set(link, { href: link.href, words: link.textContent });
    const { href, words } = asPressed.get(link) ?? link;
    const asked = new URL(href).searchParams;
    const name = `${asked.get("to")}/${asked.get("edition")}`;
    const isHere = followed.here.includes(name);
    const isByMail = !isHere && followed.mail.includes(name);
    link.textContent = isHere || isByMail ? link.dataset.following : words;
    link.href = isByMail ? link.dataset.mine : href;
    link.toggleAttribute("data-subscribe", !isByMail);
  }
}

function showAgain(changed) {
  Object.assign(followed, changed);
  show(document);
}

document.addEventListener("me-changed", (event) =>
  showAgain({ mail: /** @type {CustomEvent} */ (event).detail.follows }),
);
document.addEventListener("notified-changed", (event) =>
  showAgain({ here: /** @type {CustomEvent} */ (event).detail }),
);
