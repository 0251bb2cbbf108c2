// What is typed in a chat's box, kept in this browser until it is posted: the words, what they answer, and the
// name under which they are posted once however often they are sent.

import { Preference } from "./preference.js";

/** @typedef {{ text: string, answers: string, name: string, words: string, key: string, block: string,
 *   version: string, block_quote: string }} Typed */

export class Draft {
  #kept;

  /** @param {string} chat */
  constructor(chat) {
    this.#kept = new Preference(`chat-draft:${chat}`);
  }

  /** @returns {Typed} */
  get value() {
    const none = {
      text: "",
      answers: "",
      name: "",
      words: "",
      key: "",
      block: "",
      version: "",
      block_quote: "",
    };
    try {
      return { ...none, ...JSON.parse(this.#kept.value || "{}") };
    } catch {
      return none;
    }
  }

  /** @param {Partial<Typed>} change */
  keep(change) {
    const value = { ...this.value, ...change };
    value.key ||= crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.#kept.value = JSON.stringify(value);
    return value;
  }

  drop() {
    this.#kept.value = "";
  }
}
