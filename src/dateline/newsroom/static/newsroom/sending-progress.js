// A sending under way: its figures are asked for again and again, and once all is settled the page is
// read anew, with what failed and what can be done about that.

import { askElement } from "./live/request.js";

const AGAIN = 3000;
const AGAIN_UNSEEN = 15_000;

class SendingProgress extends HTMLElement {
  #timer;

  connectedCallback() {
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #wait() {
    if (!isOpen(this)) return;
    this.#timer = setTimeout(() => this.#ask(), document.hidden ? AGAIN_UNSEEN : AGAIN);
  }

  /** What somebody has the focus on stays where it is. */
  async #ask() {
    const news = await askElement(this.dataset.news);
    if (!this.isConnected) return;
    if (news && !isOpen(news)) return location.reload();
    if (news && !this.contains(document.activeElement)) this.replaceChildren(...news.childNodes);
    this.#wait();
  }
}

/** @returns {boolean} whether something is still to be settled */
const isOpen = (element) => "open" in element.dataset;

customElements.define("sending-progress", SendingProgress);
