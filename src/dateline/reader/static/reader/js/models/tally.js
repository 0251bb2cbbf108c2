// How many messages a chat has: exact at one journal number, and by what is told from there on.

/** @typedef {{ message: string, row?: unknown }} Told */

const BEGINS = ["message-posted", "message-approved"];

export class Tally {
  /** @type {Map<string, boolean>} */ #there = new Map();

  constructor(/** @type {number} */ count) {
    this.count = count;
  }

  /** Take what was told of one message: it came, or changed, or is gone; twice is once. */
  hear(/** @type {string} */ event, /** @type {Told} */ { message, row = null }) {
    const was = this.#there.get(message) ?? !BEGINS.includes(event);
    const is = row !== null;
    this.#there.set(message, is);
    this.count += Number(is) - Number(was);
  }
}
