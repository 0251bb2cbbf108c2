// How many replies and mentions are unread: beside the account, on the tab of chats, in the list of chats.
// Loads: when idle, if somebody is logged in here.

import { me } from "./me.js";
import { mine } from "./mine.js";
import { badge, counted } from "./models/plural.js";

const AGAIN = 60_000; // milliseconds after which a page that is looked at again asks again
let [count, askedAt] = [0, Date.now()];

/** Say how much is unread. */
export async function upgrade() {
  show((await me()).unread.notices ?? 0);
}

function show(/** @type {number} */ unread) {
  count = unread;
  const link = /** @type {HTMLElement | null} */ (document.querySelector("[data-account]"));
  if (!link) return;
  link.dataset.unseen = badge(count);
  for (const place of document.querySelectorAll("b[data-notices], span[data-notices]")) {
    place.textContent = badge(count);
    place.toggleAttribute("aria-hidden", place.matches("[role=tab] > *"));
  }
  const words = count ? counted(link.dataset.told, count, document.documentElement.lang) : "";
  const name = link.querySelector("img")?.alt;
  if (name) link.setAttribute("aria-label", words ? `${name}, ${words}` : name);
  const tab = document.getElementById("tab-chats");
  const label = tab?.firstChild?.textContent ?? "";
  tab?.setAttribute("aria-label", words ? `${label}, ${words}` : label);
}

document.addEventListener("me-changed", (event) => {
  show(/** @type {CustomEvent} */ (event).detail.unread.notices ?? 0);
});
document.addEventListener("notices-told", (event) => show(/** @type {CustomEvent} */ (event).detail));
document.addEventListener("notices-shown", () => show(count));
document.addEventListener("visibilitychange", () => {
  if (document.hidden || Date.now() - askedAt < AGAIN) return;
  askedAt = Date.now();
  void mine();
});
