// Which message of a queue is at hand, and where the next one is when it goes.

/**
 * @param {string[]} numbers those of the messages that are shown, in order
 * @param {string | undefined} at the one at hand
 * @param {number} by how far to go: 1 down, -1 up
 * @returns {string | undefined} the message to go to: the first where none is at hand
 */
export function next(numbers, at, by) {
  const here = at === undefined ? -1 : numbers.indexOf(at);
  if (here < 0) return numbers[0];
  return numbers[Math.min(Math.max(here + by, 0), numbers.length - 1)];
}

/**
 * @param {string[]} numbers those that are shown
 * @param {Iterable<string>} gone those that leave
 * @param {string | undefined} at the one at hand
 * @returns {string | undefined} the one at hand when they have left: that below, else that above
 */
export function after(numbers, gone, at) {
  const leaving = new Set(gone);
  if (at === undefined || !leaving.has(at)) return at;
  const here = numbers.indexOf(at);
  const stays = (number) => !leaving.has(number);
  return numbers.slice(here + 1).find(stays) ?? numbers.slice(0, here).findLast(stays);
}

const KEYS = Object.freeze({
  j: "down",
  k: "up",
  a: "approve",
  r: "reject",
  f: "feature",
  o: "open",
  x: "choose",
  u: "undo",
});

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @returns {string} what a key asks for: a name, `ground:3` for a digit, or nothing
 */
export function askedBy(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  if (/^[1-9]$/.test(event.key)) return `ground:${event.key}`;
  return KEYS[event.key.toLowerCase()] ?? "";
}
