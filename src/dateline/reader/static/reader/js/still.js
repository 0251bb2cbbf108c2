// Changes a list without moving the text that is being read.

/** @param {Element} list */
function scrollerOf(list) {
  return list.closest("[data-scroll]") ?? document.scrollingElement;
}

/** Say whether the reader is where what comes in above moves nothing that is read. @param {Element} list */
export function isAtTop(list) {
  const { top } = list.getBoundingClientRect();
  return (scrollerOf(list)?.scrollTop ?? 0) < 24 || top > innerHeight;
}

/**
 * Make a change, then scroll by as much as it moved the first line that is in sight.
 * @param {Element} list
 * @param {() => void} change
 */
export function keepStill(list, change) {
  const lines = [...list.querySelectorAll("[data-post]")];
  const seen = lines.filter((line) => line.getBoundingClientRect().bottom > 0);
  const tops = new Map(seen.map((line) => [line, line.getBoundingClientRect().top]));
  change();
  const anchor = seen.find((line) => line.isConnected && (tops.get(line) ?? 0) < innerHeight);
  if (!anchor) return;
  const moved = anchor.getBoundingClientRect().top - (tops.get(anchor) ?? 0);
  if (moved) scrollerOf(list)?.scrollBy({ top: moved, behavior: "instant" });
}
