// What a reader narrowed the newsfeed to, as it is kept in this browser for each edition.

/** @typedef {{ query: string, filter: import("./unread.js").Filter | null }} Choice */

/** Read a kept choice; what cannot be read narrows nothing. @returns {Choice} */
export function readChoice(/** @type {string | null} */ kept) {
  try {
    const { query = "", filter = null } = JSON.parse(kept || "{}");
    return query && filter ? { query, filter } : { query: "", filter: null };
  } catch {
    return { query: "", filter: null };
  }
}

/** Return what to keep of a choice: of each facet its word in the address and what lines carry. */
export function choiceText(/** @type {[string, string, string][]} */ facets) {
  const given = facets.filter(([, word]) => word);
  const query = new URLSearchParams(given.map(([name, word]) => [name, word])).toString();
  const filter = Object.fromEntries(given.map(([name, , key]) => [name, keyOf(name, key)]));
  return query ? JSON.stringify({ query, filter }) : "";
}

const keyOf = (name, key) => (name === "section" || name === "topic" ? Number(key) : key);
