// A list of suggestions of which none or one is chosen; the arrows go round through "none".

export class Choice {
  #at = -1;
  #size = 0;

  get at() {
    return this.#at;
  }

  get size() {
    return this.#size;
  }

  /** Begin again with so many suggestions, none chosen. */
  reset(size) {
    this.#size = size;
    this.#at = -1;
  }

  /** Go on by so many and return which is chosen; -1 is what was typed. */
  move(by) {
    const rows = this.#size + 1;
    this.#at = ((this.#at + 1 + by + rows) % rows) - 1;
    return this.#at;
  }
}
