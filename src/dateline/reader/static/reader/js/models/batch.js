// What came within a moment, told together.

const TOGETHER = 2_000; // milliseconds

export class Batch {
  #tell;
  #held = [];
  #timer = null;

  /** @param {(held: any[]) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  add(one) {
    this.#held.push(one);
    this.#timer ??= setTimeout(() => this.#flush(), TOGETHER);
  }

  #flush() {
    this.#timer = null;
    this.#tell(this.#held.splice(0));
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
