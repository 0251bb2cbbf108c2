// A choice of the reader, kept in this browser; works (forgetfully) where storage is refused.

export class Preference {
  #name;

  constructor(name) {
    this.#name = `dateline:${name}`;
  }

  get value() {
    try {
      return localStorage.getItem(this.#name);
    } catch {
      return null;
    }
  }

  set value(text) {
    try {
      localStorage.setItem(this.#name, text);
    } catch {
      // Private windows refuse; the choice lasts as long as the page.
    }
  }
}

/** Say whether the reader's system asks for less data. */
export function savesData() {
  const { connection } = /** @type {any} */ (navigator);
  return Boolean(connection?.saveData) || matchMedia("(prefers-reduced-data: reduce)").matches;
}
