// Where a post belongs in a list that holds a part of a coverage. A place is "microseconds-number".

/** Compare two places: below zero when the first is the older. */
export function compare(/** @type {string} */ one, /** @type {string} */ other) {
  const [at, number] = one.split("-").map(Number);
  const [otherAt, otherNumber] = other.split("-").map(Number);
  return at - otherAt || number - otherNumber;
}

/**
 * Return the index at which a post stands in a list, or -1 where the list does not reach so far.
 * @param {string} place
 * @param {{ places: string[], order: string, isFirst: boolean, hasMore: boolean }} list
 */
export function indexFor(place, { places, order, isFirst, hasMore }) {
  const comesBefore = (other) => (order === "newest" ? compare(place, other) > 0 : compare(place, other) < 0);
  const index = places.findIndex(comesBefore);
  if (index < 0) return hasMore ? -1 : places.length;
  return index === 0 && !isFirst ? -1 : index;
}

/**
 * Return how a line that is told of shows: "put" now, "wait" for the reader, or "leave" it out.
 * Only what would move the text that is being read has to wait.
 * @param {{ index: number, count: number, order: string, isReady: boolean }} where
 */
export function wayIn({ index, count, order, isReady }) {
  if (index < 0) return "leave";
  const isAtNewEnd = order === "newest" ? index === 0 : index === count;
  if (!isAtNewEnd || order === "oldest" || count === 0) return "put";
  return isReady ? "put" : "wait";
}
