// <relative-time><time datetime>…</time></relative-time>: "4 min" while fresh, the server's words after a day.
// Loads: idle.

import { relativeWords } from "./models/relative.js";

const HALF_MINUTE = 30_000;

class RelativeTime extends HTMLElement {
  static #all = new Set();
  static #timer = 0;
  #time = null;
  #absolute = "";

  static #showAll() {
    for (const one of RelativeTime.#all) one.show();
  }

  connectedCallback() {
    this.#time = this.querySelector("time");
    if (!this.#time) return;
    this.#absolute ||= this.#time.textContent;
    RelativeTime.#all.add(this);
    RelativeTime.#timer ||= setInterval(RelativeTime.#showAll, HALF_MINUTE);
    this.show();
  }

  disconnectedCallback() {
    RelativeTime.#all.delete(this);
    if (RelativeTime.#all.size) return;
    clearInterval(RelativeTime.#timer);
    RelativeTime.#timer = 0;
  }

  show() {
    const then = Date.parse(this.#time.dateTime);
    this.#time.textContent = relativeWords(then, Date.now(), document.documentElement.lang) ?? this.#absolute;
  }
}

customElements.define("relative-time", RelativeTime);
