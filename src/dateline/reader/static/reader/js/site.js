// Loads the elements a page has, each when it is due. Pages work without any of them.

const ELEMENTS = [
  { name: "newsfeed-drawer", when: "at-once", load: () => import("./newsfeed-drawer.js") },
  { name: "search-box", when: "at-once", load: () => import("./search-box.js") },
  { name: "relative-time", when: "idle", load: () => import("./relative-time.js") },
  { name: "live-newsfeed", when: "idle", load: () => import("./live-newsfeed.js") },
];

const DUE = {
  "at-once": (load) => load(),
  idle: (load) =>
    window.requestIdleCallback ? requestIdleCallback(load, { timeout: 1500 }) : setTimeout(load, 200),
};

for (const { name, when, load } of ELEMENTS) {
  if (document.querySelector(name)) DUE[when](load);
}

// The key of the search: to its field where the page has one, else to its page.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  /** @type {HTMLElement | null} */
  const found = document.querySelector("search-box input") ?? document.querySelector("[data-search]");
  if (!found) return;
  event.preventDefault();
  if (found.matches("input")) found.focus();
  else found.click();
});
