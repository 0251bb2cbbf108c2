// What this browser is notified of, named as `topic:88/en`: kept beside its push subscription, so that pages say it at
// once, and put right whenever the house was asked.

import { Preference } from "./models/preference.js";

const kept = new Preference("notified-of");

/** Return what was kept; null where nothing was, or a reader cleared it. @returns {string[] | null} */
export function notifiedOf() {
  try {
    const names = JSON.parse(kept.value ?? "null");
    return Array.isArray(names) ? names : null;
  } catch {
    return null;
  }
}

/** Keep what it is notified of from now on, and tell the page. @param {string[]} names */
export function keepNotified(names) {
  kept.value = JSON.stringify(names);
  document.dispatchEvent(new CustomEvent("notified-changed", { detail: names }));
}
