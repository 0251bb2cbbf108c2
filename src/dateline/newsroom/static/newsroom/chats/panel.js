// What stands around the message at hand, fetched a moment after one stops at it.

import { askElement } from "../live/request.js";

const PAUSE = 150;

export class Panel {
  #aside;
  #words;
  #timer;
  #shown = "";
  #url = "";

  /** @param {HTMLElement | null} aside @param {DOMStringMap} words */
  constructor(aside, words) {
    this.#aside = aside;
    this.#words = words;
  }

  /** Show the context of a message; at once where somebody asks for it. */
  show(number, url, { now = false } = {}) {
    if (!this.#aside || this.#shown === number) return;
    clearTimeout(this.#timer);
    this.#shown = number;
    this.#url = url;
    this.#timer = setTimeout(() => this.#fetch(number, url), now ? 0 : PAUSE);
  }

  /** Show the same anew: something in it changed. */
  again() {
    void this.#fetch(this.#shown, this.#url);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #fetch(number, url) {
    const late = setTimeout(() => this.#say(this.#words.loading), PAUSE);
    const panel = await askElement(url);
    clearTimeout(late);
    if (this.#shown !== number || !this.#aside.isConnected) return;
    if (panel) this.#aside.replaceChildren(panel);
    else this.#say(this.#words.failed);
    if (!panel) this.#shown = "";
  }

  #say(text) {
    const line = document.createElement("p");
    line.className = "mod-hint";
    line.textContent = text;
    this.#aside.replaceChildren(line);
  }
}
