// What colleagues do arrives by asking every two seconds; who is typing is told the same way.

import { ask, formOf } from "./request.js";

const EVERY = 2000;
const EVERY_UNSEEN = 15_000;
const HERE_EVERY = 10_000;
const WRITING_EVERY = 5000;

export class Watch {
  #root;
  #heard;
  #timer;
  #isAsking = false;
  #toldHere = Number.NEGATIVE_INFINITY;
  #toldWriting = Number.NEGATIVE_INFINITY;

  /** @param {HTMLElement} root @param {(news: any, isUp: boolean) => void} heard */
  constructor(root, heard) {
    this.#root = root;
    this.#heard = heard;
  }

  /** Ask now, and then again and again. */
  async ask() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    clearTimeout(this.#timer);
    const { after, news } = this.#root.dataset;
    const { status, answer } = await ask(`${news}?after=${after}`);
    if (answer?.after !== undefined) this.#root.dataset.after = answer.after;
    this.#isAsking = false;
    if (!this.#root.isConnected) return;
    this.#heard(answer, status === 200);
    if (performance.now() - this.#toldHere > HERE_EVERY && !document.hidden) this.#tell("0");
    this.#timer = setTimeout(() => this.ask(), document.hidden ? EVERY_UNSEEN : EVERY);
  }

  /** Tell colleagues, now and then, that somebody is typing here. */
  typing() {
    if (performance.now() - this.#toldWriting < WRITING_EVERY) return;
    this.#toldWriting = performance.now();
    this.#tell("1");
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #tell(writing) {
    this.#toldHere = performance.now();
    ask(this.#root.dataset.here, formOf({ writing }, this.#root));
  }
}
