// Loads the elements a page has, each when it is due. Pages work without any of them.

const ELEMENTS = [
  { name: "newsfeed-drawer", when: "at-once", load: () => import("./newsfeed-drawer.js") },
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
