// Which alerts this browser was told of and which of them were sent away: numbers, kept as text for all tabs.

const MOST_KEPT = 20;

export class AlertLedger {
  /** @type {Map<number, boolean>} */ #known = new Map();

  /** Take in what any tab has written; text that is none of ours counts as nothing. */
  read(/** @type {string | null} */ text) {
    for (const [, sign, number] of (text ?? "").matchAll(/([+-])(\d{1,15})/g)) {
      this.#note(Number(number), sign === "-");
    }
  }

  /** Say whether an alert was announced here, in whatever tab. */
  isKnown(/** @type {number} */ number) {
    return this.#known.has(number);
  }

  /** Say whether the reader sent it away. */
  isGone(/** @type {number} */ number) {
    return this.#known.get(number) === true;
  }

  announced(/** @type {number} */ number) {
    this.#note(number, false);
  }

  dismissed(/** @type {number} */ number) {
    this.#note(number, true);
  }

  /** What is kept: the newest alerts, those sent away with a minus. */
  get text() {
    const newest = [...this.#known].sort(([a], [b]) => a - b).slice(-MOST_KEPT);
    return newest.map(([number, isGone]) => `${isGone ? "-" : "+"}${number}`).join("");
  }

  #note(number, isGone) {
    this.#known.set(number, isGone || this.isGone(number));
  }
}
