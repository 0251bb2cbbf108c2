// <reader-preferences>: the choices kept in this browser; each takes effect as it is made.
// Loads: at once.

import { Preference } from "./models/preference.js";

/** What the page shows at once is also an attribute of the root. */
const ON_ROOT = { theme: "theme", "text-size": "textSize", still: "still", chats: "chats" };

class ReaderPreferences extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    for (const input of this.#inputs) {
      const value = new Preference(input.name).value ?? "";
      input.checked = input.value === value;
    }
    this.addEventListener("change", ({ target }) => this.#keep(target), { signal });
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  get #inputs() {
    return this.querySelectorAll("input");
  }

  #keep(input) {
    const value = input.checked ? input.value : "";
    new Preference(input.name).value = value;
    const key = ON_ROOT[input.name];
    if (key && value) document.documentElement.dataset[key] = value;
    else if (key) delete document.documentElement.dataset[key];
    /** @type {HTMLElement} */
    const kept = this.querySelector("[data-kept]");
    kept.textContent = kept.dataset.keptText;
  }
}

customElements.define("reader-preferences", ReaderPreferences);
