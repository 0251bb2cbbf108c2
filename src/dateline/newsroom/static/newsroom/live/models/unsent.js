// Posts on their way to the newsroom: kept until it has them, sent one after another, in order.
//
// Each carries a key of its own, so that the newsroom writes it once however often it is sent.

const WAITS = [1000, 2000, 4000, 8000, 15_000];

/** What came of sending one post. */
export const Outcome = Object.freeze({ DONE: "done", LATER: "later", REFUSED: "refused" });

/** @returns {string} a name for a new post that no other has */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

/**
 * Say what an answer means: a refusal is for the writer, anything else unusual is for later.
 * @param {number} status 0 where there was no answer
 */
export function outcomeOf(status) {
  if (status >= 200 && status < 300) return Outcome.DONE;
  const isLater = status < 400 || status >= 500 || [401, 408, 425, 429].includes(status);
  return isLater ? Outcome.LATER : Outcome.REFUSED;
}

/** The posts that wait in this browser for one person and one coverage. */
export class Unsent {
  #store;
  #name;
  #send;
  #tell;
  #lock;
  #failures = 0;
  #isBusy = false;

  /**
   * @param {object} parts
   * @param {Storage} parts.store
   * @param {string} parts.name
   * @param {(fields: object) => Promise<{status: number, answer?: any}>} parts.send
   * @param {(told: {outcome: string, post?: any, answer?: any}) => void} parts.tell
   * @param {(work: () => Promise<void>) => Promise<void>} [parts.lock] one sender among all tabs
   */
  constructor({ store, name, send, tell, lock = (work) => work() }) {
    this.#store = store;
    this.#name = name;
    this.#send = send;
    this.#tell = tell;
    this.#lock = lock;
  }

  /** All that is kept, in the order it was written; a refused one has `refused`, the reason. */
  get all() {
    try {
      const kept = JSON.parse(this.#store.getItem(this.#name) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  /** Those that wait to be sent. */
  get waiting() {
    return this.all.filter((post) => !post.refused);
  }

  /** How long to wait before sending again, in milliseconds. */
  get pause() {
    return WAITS[Math.min(this.#failures, WAITS.length) - 1] ?? 0;
  }

  /** Keep a post; it is sent with the next `flush`. */
  add(fields) {
    this.#keep([...this.all, { fields, key: fields.client_key }]);
  }

  /** Let a post go: the newsroom has it, or its writer does not want it any more. */
  remove(key) {
    this.#keep(this.all.filter((post) => post.key !== key));
  }

  /** Send what waits, in order, until it is all sent or the line is down. */
  async flush() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#lock(() => this.#sendAll());
    } finally {
      this.#isBusy = false;
    }
  }

  async #sendAll() {
    for (let post = this.waiting[0]; post; post = this.waiting[0]) {
      const { status, answer } = await this.#send(post.fields);
      const outcome = outcomeOf(status);
      this.#failures = outcome === Outcome.LATER ? this.#failures + 1 : 0;
      if (outcome === Outcome.DONE) this.remove(post.key);
      if (outcome === Outcome.REFUSED) this.#refuse(post.key, answer?.message ?? String(status));
      this.#tell({ outcome, post, answer });
      if (outcome === Outcome.LATER) return;
    }
  }

  #refuse(key, refused) {
    this.#keep(this.all.map((post) => (post.key === key ? { ...post, refused } : post)));
  }

  #keep(posts) {
    if (posts.length) this.#store.setItem(this.#name, JSON.stringify(posts));
    else this.#store.removeItem(this.#name);
  }
}
