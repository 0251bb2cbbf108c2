// The history of a page over which stories open: which address is the page's own, and what Back means.
// An entry of a story opened in place has { story: true, depth }; depth counts from the page it lies over.

/** What lies over the page now, if anything; each piece looks after itself.
 * @type {{ show(url: string, depth: number): void, leave(): void } | null} */
let over = null;
/** What closes the layer on top, such as a picture seen large. @type {(() => void) | null} */
let layer = null;
let reopen;
let own = here();
let depth = history.state?.depth ?? 0;

if (history.state?.story || history.state?.layer) history.replaceState({ depth }, "");

function here() {
  return location.pathname + location.search;
}

/** The page's own address, whatever is open over it. */
export function ownAddress() {
  return own;
}

/** Give the page itself another address, as when older stories were added to it. */
export function moveTo(url) {
  const { pathname, search } = new URL(url, location.href);
  own = pathname + search;
  history.replaceState(history.state, "", url);
}

/** Give what lies over the page another address, as when the reader scrolled on into the next story. */
export function moveOver(url) {
  history.replaceState(history.state, "", url);
}

/** How many entries lie between the page and the one that is shown. */
export function above() {
  return (history.state?.depth ?? depth) - depth;
}

/** Add the entry of a story that is opened over the page. */
export function push(url) {
  history.pushState({ story: true, depth: depth + above() + 1 }, "", url);
}

/** Add an entry for something small on top of what is shown; Back calls `close`. */
export function pushLayer(close) {
  history.pushState({ ...history.state, layer: true }, "", location.href);
  layer = close;
}

/** Say how to get what shows stories in place, for entries that were left before it was loaded. */
export function reopenWith(load) {
  reopen = load;
}

/** Say what lies over the page from now on. */
export function cover(what) {
  over = what;
}

async function follow({ state }) {
  if (layer && !state?.layer) {
    const close = layer;
    layer = null;
    return close();
  }
  if (state?.layer) return history.back();
  if (state?.story && above() > 0) {
    over ??= await reopen();
    return over.show(location.href, above());
  }
  if (here() !== own) return location.reload();
  depth = state?.depth ?? depth;
  over?.leave();
}

window.addEventListener("popstate", (event) => void follow(event));
