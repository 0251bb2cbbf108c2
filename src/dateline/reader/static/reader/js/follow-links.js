// The links by which something is followed, once it is: they say so, and lead to what the reader gets.
// Loads: when idle, if somebody is logged in here.

import { me } from "./me.js";

/** @type {WeakMap<HTMLAnchorElement, { href: string, words: string | null }>} */
const asPressed = new WeakMap();

/** Have the links inside an element or a document say what is followed. */
export async function upgrade(root) {
  show(root, await me());
}

function show(root, { follows }) {
  for (const link of root.querySelectorAll(".follow-link")) {
    if (!asPressed.has(link)) asPressed.set(link, { href: link.href, words: link.textContent });
    const { href, words } = asPressed.get(link) ?? link;
    const asked = new URL(href).searchParams;
    const isFollowed = follows.includes(`${asked.get("to")}/${asked.get("edition")}`);
    link.textContent = isFollowed ? link.dataset.following : words;
    link.href = isFollowed ? link.dataset.mine : href;
    link.toggleAttribute("data-subscribe", !isFollowed);
  }
}

document.addEventListener("me-changed", (event) => show(document, /** @type {CustomEvent} */ (event).detail));
