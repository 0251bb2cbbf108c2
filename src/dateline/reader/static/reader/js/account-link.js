// The link of the account in the strip: "Log in", or who is logged in.
// Loads: when idle, if somebody is logged in here.

import { me } from "./me.js";
import { Preference } from "./models/preference.js";

const shown = new WeakMap();

/** Have the link say who is logged in. */
export async function upgrade() {
  show((await me()).reader);
}

/** What the account says holds here when it is new; a choice made here since then stays. */
function wear(/** @type {"theme" | "chats"} */ name, /** @type {string} */ value) {
  const told = new Preference(`${name}-of-account`);
  if ((told.value ?? "") === value) return;
  told.value = value;
  new Preference(name).value = value;
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}

function show(/** @type {import("./me.js").Reader | null} */ reader) {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("[data-account]");
  if (!link) return;
  if (!shown.has(link)) shown.set(link, { href: link.href, words: link.firstElementChild });
  const { href, words } = shown.get(link);
  link.href = reader ? link.dataset.own : href;
  link.toggleAttribute("data-login", !reader);
  if (reader) {
    wear("theme", reader.theme);
    wear("chats", reader.chats);
  }
  link.replaceChildren(reader ? picture(reader) : words);
  link.removeAttribute("aria-label");
  document.dispatchEvent(new CustomEvent("notices-shown"));
}

function picture({ avatar, name }) {
  const image = new Image(24, 24);
  image.src = avatar;
  image.alt = name;
  image.className = "strip-avatar";
  return image;
}

document.addEventListener("me-changed", (event) => show(/** @type {CustomEvent} */ (event).detail.reader));
