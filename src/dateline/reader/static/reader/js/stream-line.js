// One line to the server: follows the stream from a number on, and finds a way back after every loss.
// It reads with fetch, not EventSource, whose heartbeats, refusals and waits a page cannot see. Where no
// block comes though the server sends one at once, something on the way holds the stream back: then it
// asks again and again for answers that end (?once), and tries the stream now and then.

import { Blocks } from "./models/blocks.js";

const [FIRST_WAIT, LONGEST_WAIT, SHORTEST_POLL] = [1_000, 60_000, 1_000]; // milliseconds

/**
 * `quiet`: without a byte for so long a connection counts as lost; `patience`: the first block may take so
 * long; `pollFor`: the time until the stream is tried again.
 * @typedef {{ url: string, quiet: number, patience: number, pollFor: number }} LineOptions
 */

export class Line {
  /** @type {AbortController | null} */ #connection = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #failures = 0;
  #heardAt = 0;
  #pollUntil = 0;
  #isUp = false;
  #retry = FIRST_WAIT;
  #options;
  #plan;
  #ear;

  /**
   * @param {LineOptions} options
   * @param {import("./models/keeper.js").Plan} plan
   * @param {import("./models/keeper.js").Ear} ear
   */
  constructor(options, plan, ear) {
    this.#options = options;
    this.#plan = { ...plan };
    this.#ear = ear;
    this.#connect();
  }

  close() {
    this.#hangUp();
    this.#ear = null;
  }

  /** Look after the line when a page or the network comes back: timers may have slept. */
  check() {
    if (this.#ear && (!this.#connection || Date.now() - this.#heardAt > this.#options.quiet)) this.#connect();
  }

  #hangUp() {
    clearTimeout(this.#timer);
    this.#connection?.abort();
    this.#connection = null;
  }

  async #connect() {
    this.#hangUp();
    const connection = new AbortController();
    this.#connection = connection;
    const once = Date.now() < this.#pollUntil;
    const wait = await this.#follow(connection, once).catch(() => this.#broken(once));
    if (this.#connection !== connection) return;
    this.#hangUp();
    if (wait === 0) return this.#connect();
    this.#turn(false);
    this.#timer = setTimeout(() => this.#connect(), wait || this.#backOff());
  }

  /** After a stream without a block an answer is asked for at once; after that, the stream again. */
  #broken(/** @type {boolean} */ once) {
    if (once) this.#pollUntil = 0;
    return Date.now() < this.#pollUntil ? 0 : undefined;
  }

  /** Follow one connection to its end; say how long to wait for the next. @returns {Promise<number | void>} */
  async #follow(/** @type {AbortController} */ connection, /** @type {boolean} */ once) {
    const { url, patience, quiet } = this.#options;
    this.#expectWord(connection, once ? quiet : patience, !once);
    const began = Date.now();
    const { after } = this.#plan;
    const answer = await fetch(`${url}?${this.#query(once)}`, {
      cache: "no-store",
      signal: connection.signal,
    });
    if (answer.status === 400) return void this.#ear?.refused(); // asking again would not help
    if (!answer.ok || !answer.body) return this.#backOff(Number(answer.headers.get("retry-after")) * 1_000);
    await this.#read(connection, answer.body);
    if (!once) return this.#retry;
    return this.#plan.after !== after || Date.now() - began > SHORTEST_POLL ? 0 : this.#backOff();
  }

  #query(/** @type {boolean} */ once) {
    const query = new URLSearchParams({ channels: this.#plan.channels.join(",") });
    if (this.#plan.after !== undefined) query.set("after", String(this.#plan.after));
    if (once) query.set("once", "1");
    return query;
  }

  async #read(/** @type {AbortController} */ connection, /** @type {ReadableStream<any>} */ body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const blocks = new Blocks();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      this.#heardAt = Date.now();
      for (const block of blocks.take(read.value)) {
        if (this.#connection !== connection) return;
        this.#expectWord(connection, this.#options.quiet);
        this.#take(block);
      }
    }
  }

  /** Count the line as lost when nothing comes for too long; a stream that never spoke is held back. */
  #expectWord(/** @type {AbortController} */ connection, /** @type {number} */ wait, mayPoll = false) {
    this.#heardAt = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (mayPoll) this.#pollUntil = Date.now() + this.#options.pollFor;
      connection.abort();
    }, wait);
  }

  #backOff(least = 0) {
    const wait = Math.min(LONGEST_WAIT, this.#retry * 2 ** this.#failures++);
    return least + wait * (0.5 + Math.random() / 2);
  }

  #take(/** @type {import("./models/blocks.js").Block} */ block) {
    const { id, event, retry } = block;
    this.#failures = 0;
    this.#retry = retry ?? this.#retry;
    this.#turn(true);
    const at = this.#plan.after;
    if (id !== undefined) this.#plan.after = event === "reset" ? id : Math.max(at ?? id, id);
    this.#ear?.hear(block);
  }

  #turn(/** @type {boolean} */ up) {
    if (up === this.#isUp) return;
    this.#isUp = up;
    this.#ear?.turn(up);
  }
}
