// <newsfeed-drawer>: opens and closes the newsfeed: a column on wide screens, a sheet on narrow ones.
// Loads: at once, so that a closed drawer stays closed.

import { Preference } from "./models/preference.js";

const WIDE = "(min-width: 68rem)";

class NewsfeedDrawer extends HTMLElement {
  #abort = null;
  #closed = new Preference("newsfeed-closed");
  #keys = new Preference("keys");
  #toggle = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#toggle = document.querySelector("[data-newsfeed-toggle]");
    this.#toggle?.setAttribute("role", "button");
    this.#toggle?.setAttribute("aria-controls", "newsfeed");
    this.#toggle?.addEventListener("click", (event) => this.#onToggle(event), { signal });
    /** @type {HTMLButtonElement} */
    const close = this.querySelector("[data-close]");
    close.hidden = false;
    close.addEventListener("click", () => this.#set(false), { signal });
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#wide.addEventListener("change", () => this.#show(this.#opensByItself), { signal });
    this.#show(this.#opensByItself);
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  get #wide() {
    return matchMedia(WIDE);
  }

  get #opensByItself() {
    return this.#wide.matches && this.#closed.value !== "yes";
  }

  get #isOpen() {
    return this.#toggle?.getAttribute("aria-expanded") === "true";
  }

  #onToggle(event) {
    event.preventDefault();
    this.#set(!this.#isOpen);
  }

  #onKey(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    if (event.key === "n" && this.#keys.value !== "off") this.#set(!this.#isOpen);
    if (event.key === "Escape" && this.#isOpen && !this.#wide.matches) this.#set(false);
  }

  #set(isOpen) {
    if (this.#wide.matches) this.#closed.value = isOpen ? "no" : "yes";
    this.#show(isOpen);
    if (isOpen && !this.#wide.matches) this.closest("aside").focus();
    if (!isOpen) this.#toggle?.focus();
  }

  #show(isOpen) {
    const root = document.documentElement;
    root.dataset.newsfeed = isOpen ? (this.#wide.matches ? "column" : "sheet") : "closed";
    this.#toggle?.setAttribute("aria-expanded", String(isOpen));
    document.dispatchEvent(new CustomEvent("newsfeed-toggled"));
  }
}

customElements.define("newsfeed-drawer", NewsfeedDrawer);
