// [data-clock]: a field that tells the reader's time zone along, so that letters of an hour come at theirs.
// Loads: at once, where there is such a field; without scripts it is the clock of the edition.

/** Return the time zone of this browser, as `Europe/Vienna`. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

/** @param {Document | Element} root */
export function upgrade(root) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[data-clock]"));
  for (const field of fields) field.value = ownZone();
}
