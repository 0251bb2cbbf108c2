// What is in the drawer: two tabs, Newsfeed and Chats, the filter, and the ways to put a sheet away.
// Loads: when the drawer opens.

import { Preference } from "./models/preference.js";

const FAR = 80; // pixels down that put a sheet away
const ARROWS = ["ArrowLeft", "ArrowRight", "Home", "End"];
const chosen = new Preference("newsfeed-tab");
const furnished = new WeakSet();
const panes = new WeakMap();

/** Say whether the reader wants chats at all. */
const hasChats = () => document.documentElement.dataset.chats !== "off";

/** Have a drawer listen; once is enough. */
export function furnish(drawer) {
  if (furnished.has(drawer)) return;
  furnished.add(drawer);
  drawer.querySelector("[data-close]").hidden = false;
  drawer.addEventListener("click", (event) => onClick(drawer, event));
  drawer.addEventListener("keydown", (event) => onArrow(drawer, event));
  listenToSwipes(drawer, drawer.querySelector(".newsfeed-head"));
  if (chosen.value) select(drawer, hasChats() ? chosen.value : "newsfeed");
}

function onClick(drawer, event) {
  const tab = event.target.closest("[role=tab]");
  const isAgain = tab?.getAttribute("aria-selected") === "true";
  if (tab) select(drawer, tab.id.slice(4), isAgain);
  if (event.target.closest("[data-close]")) drawer.open(false);
  const filters = event.target.closest("[data-filters]");
  if (!filters || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  import("./feed-tools.js").then(({ toggleFilters }) => toggleFilters(filters));
}

/** Arrows go from tab to tab, as everywhere. */
function onArrow(drawer, event) {
  if (!event.target.closest("[role=tab]") || !hasChats() || !ARROWS.includes(event.key)) return;
  event.preventDefault();
  const other = event.target.id === "tab-chats" ? "newsfeed" : "chats";
  select(drawer, event.key === "Home" ? "newsfeed" : event.key === "End" ? "chats" : other);
  drawer.querySelector("[aria-selected=true]").focus();
}

/** Choose a tab; the one that is chosen already leads back to its list. */
function select(drawer, name, isAgain = false) {
  for (const tab of drawer.querySelectorAll("[role=tab]")) {
    const isChosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.setAttribute("tabindex", isChosen ? "0" : "-1");
    drawer.querySelector(`#pane-${tab.id.slice(4)}`).hidden = !isChosen;
  }
  drawer.querySelector("[data-filters]").hidden = name !== "newsfeed";
  chosen.value = name;
  if (name === "chats") bringChats(drawer.querySelector("chat-pane"), isAgain);
  document.dispatchEvent(new CustomEvent("newsfeed-toggled"));
}

/** The chats are fetched when somebody looks at their tab. */
async function bringChats(host, isAgain) {
  const { ChatPane } = await import("./chat-pane.js");
  if (!panes.has(host)) return panes.set(host, new ChatPane(host));
  if (isAgain) panes.get(host).home();
  else panes.get(host).look();
}

/** n and c open a tab, and pressed again close the drawer; u goes to the next unread story. */
export function press(drawer, key) {
  if (key === "u") return document.dispatchEvent(new CustomEvent("newsfeed-next"));
  if (key === "c" && !hasChats()) return;
  const name = key === "n" ? "newsfeed" : "chats";
  const isThere = drawer.isOpen && !drawer.querySelector(`#pane-${name}`).hidden;
  if (!isThere) select(drawer, name);
  drawer.open(!isThere);
}

function listenToSwipes(drawer, head) {
  let from = 0;
  const here = ({ changedTouches }) => changedTouches[0].clientY;
  const put = (event) => !drawer.isWide.matches && here(event) - from > FAR && drawer.open(false);
  head.addEventListener("touchstart", (event) => (from = here(event)), { passive: true });
  head.addEventListener("touchend", put, { passive: true });
}
