// Whom and what a reader does not want to see.

const LETTER = "\\p{L}\\p{N}";

export class Mutes {
  #readers;
  /** @type {RegExp | null} */ #words;

  /** @param {{ readers?: string[], words?: string[] }} given */
  constructor({ readers = [], words = [] } = {}) {
    this.#readers = new Set(readers);
    const listed = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|");
    this.#words = listed ? new RegExp(`(?<![${LETTER}])(?:${listed})(?![${LETTER}])`, "iu") : null;
  }

  get hasAny() {
    return this.#readers.size > 0 || this.#words !== null;
  }

  /** Say whether a message is hidden: by who wrote it, or by a whole word of it. */
  hides(/** @type {string | undefined} */ author, /** @type {string} */ text) {
    return this.#readers.has(author) || Boolean(this.#words?.test(text));
  }
}

/** Say whether an element of a message is hidden; one whose words are gone is not. */
export function isMuted(/** @type {HTMLElement} */ message, /** @type {Mutes} */ mutes) {
  const text = message.querySelector(".message-text")?.textContent;
  return typeof text === "string" && mutes.hides(message.dataset.author, text);
}
