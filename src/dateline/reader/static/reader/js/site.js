// Loads the elements a page has, each when it is due. Pages work without any of them.

const ELEMENTS = [
  { name: "relative-time", when: "idle" },
  { name: "newsfeed-drawer", when: "at-once" },
  { name: "live-newsfeed", when: "idle" },
];

const waits = {
  "at-once": (load) => load(),
  idle: (load) => ("requestIdleCallback" in window ? requestIdleCallback(load, { timeout: 1500 }) : setTimeout(load, 200)),
};

for (const { name, when } of ELEMENTS) {
  if (document.querySelector(name)) waits[when](() => import(`./${name}.js`));
}
