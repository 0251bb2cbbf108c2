// Ten seconds in which what was just done can be undone: by a button, or Ctrl+Z outside of text.

export class Undo {
  #bar;
  #words;
  #undo;
  #timer;
  #left = 0;
  #number = "";

  /** @param {HTMLElement} bar @param {DOMStringMap} words @param {(number: string) => void} undo */
  constructor(bar, words, undo) {
    this.#bar = bar;
    this.#words = words;
    this.#undo = undo;
    this.#button.addEventListener("click", () => this.press());
  }

  /** Offer to undo what was done to a post, for so many seconds. */
  offer(number, said, seconds) {
    this.stop();
    this.#number = number;
    this.#left = seconds;
    this.#bar.querySelector("[data-undo-said]").textContent = said;
    this.#bar.hidden = false;
    this.#tick();
  }

  /** Undo what is offered now. @returns {boolean} whether something was */
  press() {
    if (this.#bar.hidden) return false;
    const number = this.#number;
    this.stop();
    this.#undo(number);
    return true;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#bar.hidden = true;
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.#bar.querySelector("[data-undo-button]"));
  }

  #tick() {
    if (this.#left <= 0) return this.stop();
    this.#button.textContent = this.#words.seconds.replace("{n}", String(this.#left));
    this.#left -= 1;
    this.#timer = setTimeout(() => this.#tick(), 1000);
  }
}
