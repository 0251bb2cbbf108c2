// An issue that waits for its time: counted down to the second, then shown as it stands. Each second is
// seen and not announced; what is announced, politely and once, is what became of it.

import { askElement } from "./live/request.js";
import { asClock, Countdown } from "./models/countdown.js";

const AGAIN = 2000;
const AGAIN_UNSEEN = 15_000;

class IssueState extends HTMLElement {
  #countdown;
  #timer;

  connectedCallback() {
    this.#begin(this.dataset.seconds);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #begin(seconds) {
    if (seconds === undefined) return;
    this.#countdown = new Countdown(Number(seconds));
    this.#tick();
  }

  #tick() {
    const { left, untilNext } = this.#countdown;
    this.#say(left);
    if (left) this.#timer = setTimeout(() => this.#tick(), untilNext);
    else this.#ask();
  }

  #say(left) {
    const line = /** @type {HTMLElement} */ (this.querySelector("[role=timer]"));
    const clock = asClock(left);
    line.textContent = left ? this.dataset.left.replace("{clock}", clock) : this.dataset.leaves;
    line.hidden = !clock;
  }

  /** Ask what became of it; again as long as it is about to leave. */
  async #ask() {
    const news = await askElement(this.dataset.news);
    if (!this.isConnected) return;
    if (news && news.dataset.seconds !== "0") return this.#show(news);
    this.#timer = setTimeout(() => this.#ask(), document.hidden ? AGAIN_UNSEEN : AGAIN);
  }

  /** The line that announces stays and gets new words, or nobody would hear them. */
  #show(news) {
    const [line, fresh] = [this, news].map((one) => one.querySelector("[role=status]"));
    line.replaceChildren(...fresh.childNodes);
    for (const old of [...this.children]) if (old !== line) old.remove();
    this.append(...[...news.children].filter((one) => one !== fresh));
    this.#begin(news.dataset.seconds);
    if ("hasLeft" in news.dataset) for (const one of untilItLeft()) one.remove();
  }
}

/** @returns {NodeListOf<Element>} what a page says of a letter only until it has left */
const untilItLeft = () => document.querySelectorAll("[data-until-it-left]");

customElements.define("issue-state", IssueState);
