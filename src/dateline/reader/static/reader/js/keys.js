// What single keys do. Who may press them when, touches.js decides.
// Loads: on touch of one of the keys.

import { home } from "./parts.js";

const LISTS = "dialog.over[open], main";

/** The list that keys walk: that of what lies on top, or the newsfeed while the focus is in it. */
function scope() {
  const feed = document.activeElement?.closest("#newsfeed");
  const over = document.querySelector("dialog.over[open]");
  return over ?? feed ?? document.querySelector(LISTS);
}

const isSeen = (link) => link.checkVisibility?.() ?? link.offsetParent !== null;

function links() {
  return [...scope().querySelectorAll("a.card-link, .over-next a")].filter(isSeen);
}

/** Move the focus by a number of stories, from the one it is on or from the top of the screen. */
function step(by) {
  const all = links();
  const here = all.findIndex(
    (link) => link === document.activeElement || link.closest(".card")?.contains(document.activeElement),
  );
  const first = all.findIndex((link) => link.getBoundingClientRect().bottom > 60);
  const next = here < 0 ? first : here + by;
  /** @type {HTMLElement} */ (all[Math.max(0, Math.min(all.length - 1, next))])?.focus();
}

function search() {
  /** @type {HTMLElement} */
  const box = document.querySelector("search-box input");
  if (box && isSeen(box)) return box.focus();
  const link = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
  if (link) link.click();
  else location.assign(`${home}search/`);
}

async function save() {
  const { storyOf } = await import("./saved-here.js");
  const { toggle } = await import("./saving.js");
  const over = document.querySelector("dialog.over[open] article.story");
  const card = document.activeElement?.closest(".card[data-story]");
  const story = over ?? card ?? document.querySelector("main article.story");
  if (story) await toggle(storyOf(story));
}

const DO = {
  "/": search,
  "?": () => import("./dialogs.js").then(({ openKeys }) => openKeys()),
  j: () => step(1),
  k: () => step(-1),
  o: () => /** @type {HTMLElement} */ (document.activeElement?.closest("a.card-link"))?.click(),
  s: save,
};

/** Do what a key stands for. */
export function press(key) {
  if (!document.querySelector("dialog[open]:not(.over)")) DO[key]();
}
