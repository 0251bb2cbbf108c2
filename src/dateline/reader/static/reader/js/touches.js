// What loads on touch: one listener for clicks, one for keys, one for a pointer that lingers on a story.

import { reopenWith } from "./history.js";
import { isOrdinary, isPlain, isStory } from "./models/links.js";
import { Preference, savesData } from "./models/preference.js";

const LINGER = 65; // milliseconds a pointer rests before a story is fetched ahead
const KEYS = new Set(["/", "?", "j", "k", "o", "s"]);
const inPlace = new Preference("in-place");

/** Return the story a node links to, if it may be opened in place. */
function storyAt(node) {
  const link = node instanceof Element ? /** @type {any} */ (node.closest("a[href]")) : null;
  if (!link || !isOrdinary(link) || link.closest("[data-plain]")) return null;
  if (inPlace.value === "off" || savesData() || typeof HTMLDialogElement === "undefined") return null;
  const url = new URL(link.href);
  const isHere = url.pathname === location.pathname;
  return isStory(url, location.origin) && !isHere ? link : null;
}

const storyReader = () => import("./story-reader.js");

async function openStory(link) {
  try {
    (await storyReader()).reader.open(link);
  } catch {
    location.assign(link.href);
  }
}

const CLICKS = [
  {
    at: "[data-older] .older",
    load: (link) => import("./older-stories.js").then(({ addOlder }) => addOlder(link)),
  },
  { at: "[data-subscribe]", load: (link) => import("./login-dialog.js").then((m) => m.openLogin(link)) },
  { at: "[data-login]", load: (link) => import("./login-dialog.js").then((m) => m.openLogin(link)) },
  { at: "[data-preferences]", load: (link) => import("./dialogs.js").then((m) => m.openPreferences(link)) },
  { at: "[data-share-page]", load: (button) => import("./dialogs.js").then((m) => m.sharePage(button)) },
  { at: "story-actions button", load: (button) => import("./story-actions.js").then((m) => m.act(button)) },
];

function onClick(event) {
  if (!isPlain(event) || !(event.target instanceof Element)) return;
  const story = storyAt(event.target);
  if (story) {
    event.preventDefault();
    return void openStory(story);
  }
  for (const { at, load } of CLICKS) {
    const link = event.target.closest(at);
    if (!link) continue;
    event.preventDefault();
    load(link).catch(() => link.href && location.assign(link.href));
  }
}

let timer;

function onPointer(event) {
  clearTimeout(timer);
  const story = event.pointerType === "mouse" && storyAt(event.target);
  if (story) timer = setTimeout(() => storyReader().then(({ warm }) => warm(story.href)), LINGER);
}

/** A card offers to be saved as soon as a pointer or the focus is on it. */
function onCard(event) {
  const card = event.target instanceof Element && event.target.closest(".card[data-story]:not(.saved-story)");
  if (card && !card.querySelector("[data-save]")) import("./card-save.js").then(({ offer }) => offer(card));
}

/** Nothing hovers under a finger: from its first touch on every card offers it. */
function onFinger({ pointerType }) {
  if (pointerType !== "mouse") import("./card-save.js").then(({ offerAll }) => offerAll());
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !KEYS.has(event.key))
    return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (new Preference("keys").value === "off") return;
  event.preventDefault();
  import("./keys.js").then(({ press }) => press(event.key));
}

/** The worker comes with the first touch: whoever only looks is not made to load it. */
function register() {
  import("./html.js")
    .then(({ ownScript }) => navigator.serviceWorker?.register(ownScript("/sw.js")))
    .catch(() => undefined);
}

reopenWith(async () => (await storyReader()).reader);
document.addEventListener("click", onClick);
document.addEventListener("pointerover", onPointer, { passive: true });
document.addEventListener("pointerover", onCard, { passive: true });
document.addEventListener("pointerdown", onFinger, { passive: true });
document.addEventListener("focusin", onCard);
document.addEventListener("keydown", onKey);
for (const touch of ["pointerdown", "keydown"]) {
  document.addEventListener(touch, register, { once: true, passive: true });
}
