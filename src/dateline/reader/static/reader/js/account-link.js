// The link of the account in the strip: "Log in", or who is logged in.
// Loads: when idle, if somebody is logged in here.

import { me } from "./me.js";

const shown = new WeakMap();

/** Have the link say who is logged in. */
export async function upgrade() {
  show((await me()).reader);
}

function show(/** @type {import("./me.js").Reader | null} */ reader) {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("[data-account]");
  if (!link) return;
  if (!shown.has(link)) shown.set(link, { href: link.href, words: link.textContent });
  const { href, words } = shown.get(link);
  link.href = reader ? link.dataset.own : href;
  link.toggleAttribute("data-login", !reader);
  link.replaceChildren(reader ? picture(reader) : words);
}

function picture({ avatar, name }) {
  const image = new Image(24, 24);
  image.src = avatar;
  image.alt = name;
  image.className = "strip-avatar";
  return image;
}

document.addEventListener("me-changed", (event) => show(/** @type {CustomEvent} */ (event).detail.reader));
