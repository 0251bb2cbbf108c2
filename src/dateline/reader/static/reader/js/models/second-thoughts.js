// How long the author of a message may still change it.

const EDIT_WITHIN = 300; // seconds

/**
 * Return "4:05", or nothing when the time is over.
 * @param {string | null | undefined} postedAt
 * @param {number} now milliseconds
 */
export function leftOf(postedAt, now) {
  const left = Math.floor(EDIT_WITHIN - (now - Date.parse(postedAt ?? "")) / 1000);
  if (!(left > 0)) return "";
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
