// Where a post stands: each lane is sorted by a text that the server gave, largest first.

/**
 * @param {string[]} orders those of the posts that stand in the lane, largest first
 * @param {string} order that of the post to come
 * @returns {number} before which of them it goes
 */
export function placeOf(orders, order) {
  const at = orders.findIndex((other) => other < order);
  return at < 0 ? orders.length : at;
}

/**
 * Which posts to take away when the server has told of all of them: those it did not name, but for
 * what stands further back than the oldest it named.
 * @param {{number: string, order: string, lane: string}[]} shown
 * @param {{number: string, order: string, lane: string}[]} told
 */
export function goneFrom(shown, told) {
  const numbers = new Set(told.map((post) => post.number));
  const out = told.filter((post) => post.lane === "published").map((post) => post.order);
  const oldest = out.toSorted()[0] ?? "";
  const isFurtherBack = (post) => post.lane === "published" && out.length > 0 && post.order < oldest;
  return shown.filter((post) => !numbers.has(post.number) && !isFurtherBack(post)).map((post) => post.number);
}
