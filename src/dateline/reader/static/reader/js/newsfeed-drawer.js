// <newsfeed-drawer>: a column on wide screens, a sheet on narrow ones; what is in it, drawer-tabs.js looks after.
// Loads: at once; whether it stands open is known before the first paint (preferred.js).

import { Preference } from "./models/preference.js";

const WIDE = "(min-width: 68rem)";

class NewsfeedDrawer extends HTMLElement {
  #abort = new AbortController();
  #closed = new Preference("newsfeed-closed");
  #toggle = /** @type {HTMLElement} */ (document.querySelector("[data-newsfeed-toggle]"));

  connectedCallback() {
    const { signal } = this.#abort;
    this.#toggle?.setAttribute("role", "button");
    this.#toggle?.setAttribute("aria-controls", "newsfeed");
    this.#toggle?.addEventListener("click", (event) => this.#onToggle(event), { signal });
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.isWide.addEventListener("change", () => this.#show(this.#opensByItself), { signal });
    this.#show(this.#opensByItself);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get isWide() {
    return matchMedia(WIDE);
  }

  /** Beside a front it stands open unless it was closed; beside other pages if it was opened. */
  get #opensByItself() {
    const isAway = this.closest("aside").classList.contains("is-away");
    return this.isWide.matches && (isAway ? this.#closed.value === "no" : this.#closed.value !== "yes");
  }

  get isOpen() {
    return this.#toggle?.getAttribute("aria-expanded") === "true";
  }

  #onToggle(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(!this.isOpen);
  }

  #onKey(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping) return;
    if (event.key === "Escape" && this.isOpen && !this.isWide.matches) this.open(false);
    if ("ncu".includes(event.key) && new Preference("keys").value !== "off") {
      import("./drawer-tabs.js").then(({ press }) => press(this, event.key));
    }
  }

  /** Open or close it, because the reader asked. */
  open(isOpen) {
    if (this.isWide.matches) this.#closed.value = isOpen ? "no" : "yes";
    this.#show(isOpen);
    if (isOpen && !this.isWide.matches) /** @type {HTMLElement} */ (this.closest("aside")).focus();
    if (!isOpen) this.#toggle?.focus();
  }

  #show(isOpen) {
    document.documentElement.dataset.newsfeed = isOpen
      ? this.isWide.matches
        ? "column"
        : "sheet"
      : "closed";
    this.#toggle?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) import("./drawer-tabs.js").then(({ furnish }) => furnish(this));
    document.dispatchEvent(new CustomEvent("newsfeed-toggled"));
  }
}

customElements.define("newsfeed-drawer", NewsfeedDrawer);
