// One page among the pages of a browser: its listeners, its turn to keep the line, and the eye it has
// on whoever keeps it now. Everything of the browser (bus, lock, time, network) comes in as `world`.

import { Keeper } from "./keeper.js";

/** @typedef {import("./listener.js").Listener} Listener */
/** @typedef {import("./listener.js").Message} Message */

/**
 * @typedef {object} World
 * @property {string} id of this page
 * @property {number} quiet milliseconds after which a keeper is asked whether it lives
 * @property {number} grace milliseconds it has to answer
 * @property {number} settle milliseconds a new line waits for others who want it
 * @property {() => number} now
 * @property {(work: () => void, ms: number) => () => void} later
 * @property {(take: (message: Message) => void) => { post: (message: Message) => void, close: () => void }} bus
 * @property {(granted: () => void, lost: () => void, steal: boolean) => () => void} lead
 * @property {(plan: import("./keeper.js").Plan, ear: import("./keeper.js").Ear) => import("./keeper.js").Line} connect
 */

const TO_KEEPER = new Set(["hello", "bye", "nudge"]);

export class Exchange {
  /** @type {Map<string, Listener>} */ #listeners = new Map();
  /** @type {Keeper | null} */ #keeper = null;
  #bus = null;
  #release = null;
  #cancel = null;
  #heardAt = 0;
  #world;
  #sentAway;

  /** `sentAway` gets listeners that must go on alone, or not at all ("refused"). */
  constructor(/** @type {World} */ world, /** @type {(listener: Listener, how: string) => void} */ sentAway) {
    this.#world = world;
    this.#sentAway = sentAway;
  }

  add(/** @type {Listener} */ listener) {
    this.#listeners.set(listener.who, listener);
    if (this.#bus) listener.hello();
    else this.resume();
  }

  remove(/** @type {Listener} */ listener) {
    if (!this.#listeners.delete(listener.who)) return;
    this.post({ type: "bye", who: listener.who });
    if (!this.#listeners.size) this.suspend();
  }

  /** Take part: stand in line to keep it, and say who listens here. */
  resume() {
    if (this.#bus || !this.#listeners.size) return;
    this.#bus = this.#world.bus((message) => this.#take(message));
    this.#stand(false);
    for (const listener of [...this.#listeners.values()]) listener.hello();
    this.#watch(this.#world.grace, false);
  }

  /** Take no part any more: another page keeps the line, if one is there. */
  suspend() {
    if (!this.#bus) return;
    for (const [who, listener] of this.#listeners) {
      listener.rest();
      this.post({ type: "bye", who });
    }
    this.#stepDown();
    this.#release?.();
    this.#cancel?.();
    this.#bus.close();
    this.#bus = null;
  }

  /** Have whoever keeps the line look after it now. */
  nudge() {
    this.resume();
    this.post({ type: "nudge" });
    if (this.#world.now() - this.#heardAt > this.#world.quiet) this.#ask();
  }

  post(/** @type {Message} */ message) {
    this.#bus?.post(message);
    this.#take(message);
  }

  #take(/** @type {any} */ message) {
    if (TO_KEEPER.has(message.type)) return this.#keeper?.take(message);
    this.#heardAt = this.#world.now();
    if (message.type === "alone" || message.type === "refused") return this.#lose(message);
    for (const listener of [...this.#listeners.values()]) listener.take(message);
  }

  #lose({ who, type }) {
    const listener = this.#listeners.get(who);
    if (!listener) return;
    this.remove(listener);
    this.#sentAway(listener, type);
  }

  #stand(/** @type {boolean} */ steal) {
    this.#release?.();
    this.#release = this.#world.lead(
      () => this.#keep(),
      () => this.#stepDown() && this.#stand(false),
      steal,
    );
  }

  #keep() {
    const { id, settle, now, later, connect } = this.#world;
    this.#keeper = new Keeper({ id, settle, now, later, connect, post: (message) => this.post(message) });
    this.#keeper.start();
  }

  #stepDown() {
    this.#keeper?.stop();
    this.#keeper = null;
    return this.#bus !== null;
  }

  /** Ask again when nothing was heard for long, and take the line from a keeper that sleeps. */
  #watch(/** @type {number} */ wait, /** @type {boolean} */ asked) {
    this.#cancel?.();
    this.#cancel = this.#world.later(() => {
      const silent = this.#world.now() - this.#heardAt;
      if (this.#keeper || silent < wait) return this.#watch(this.#world.quiet, false);
      if (!asked && wait === this.#world.quiet) return this.#ask();
      this.#stand(true);
      this.#watch(this.#world.quiet, false);
    }, wait);
  }

  #ask() {
    if (this.#keeper || !this.#bus) return;
    for (const listener of [...this.#listeners.values()]) listener.hello();
    this.#watch(this.#world.grace, true);
  }
}
