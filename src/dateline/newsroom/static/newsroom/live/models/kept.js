// What somebody is typing, kept in this browser until it is sent: a reload loses nothing.

const NEVER = new Set(["csrfmiddlewaretoken", "action"]);
const NOT_TYPED = new Set(["client_key", "version"]);

/** The fields of one form, under one name. */
export class Kept {
  #store;
  #name;

  /** @param {Storage} store @param {string} name */
  constructor(store, name) {
    this.#store = store;
    this.#name = name;
  }

  /** Keep what the form says now; a form that says nothing is not kept. */
  keep(fields, { unless = {} } = {}) {
    const said = Object.fromEntries(Object.entries(fields).filter(([name]) => !NEVER.has(name)));
    const isNew = Object.entries(said).some(
      ([name, value]) => !NOT_TYPED.has(name) && value !== (unless[name] ?? ""),
    );
    if (isNew) this.#store.setItem(this.#name, JSON.stringify(said));
    else this.drop();
  }

  /** @returns {Record<string, string> | null} what was kept */
  read() {
    try {
      const said = JSON.parse(this.#store.getItem(this.#name) ?? "null");
      return said && typeof said === "object" ? said : null;
    } catch {
      return null;
    }
  }

  drop() {
    this.#store.removeItem(this.#name);
  }
}
