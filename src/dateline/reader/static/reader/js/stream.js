// The browser's end of the stream. However many of these are open, on however many pages of the site, one
// of the pages holds one connection for all (stream-share.js). Each has a cursor of its own, which begins at
// the page's number and lives as long as the page. It is not stored: a number kept from an earlier visit can
// be newer than what this page shows, and the difference would be missed.

import { Listener } from "./models/listener.js";
import { aloneFor, exchangeFor } from "./stream-share.js";

const [QUIET, PATIENCE, POLL_FOR] = [45_000, 6_000, 600_000]; // milliseconds; quiet: three heartbeats

/** @typedef {(data: any) => void} Handler */
/** @typedef {{ channels: string[], after?: number, url?: string, quiet?: number, patience?: number,
 *   pollFor?: number }} StreamOptions */

/** Tells handlers what is announced on its channels: each announcement once, and in order. */
export class StreamClient {
  /** @type {Map<string, Set<Handler>>} */ #handlers = new Map();
  /** @type {AbortController | null} */ #life = null;
  /** @type {import("./models/exchange.js").Exchange | null} */ #exchange = null;
  #options;
  #listener;

  /**
   * `after` is the page's journal number, without it the stream begins at the present; `quiet` the
   * milliseconds without a byte after which a connection counts as lost.
   * @param {StreamOptions} options
   */
  constructor({ channels, after, ...given }) {
    this.#options = { url: "/-/stream", quiet: QUIET, patience: PATIENCE, pollFor: POLL_FOR, ...given };
    this.#listener = new Listener({
      who: crypto.randomUUID(),
      channels,
      after,
      tell: (event, text) => this.#tell(event, text),
      post: (message) => this.#exchange?.post(message),
    });
  }

  /** The journal number up to which everything was heard; undefined before the first word. */
  get cursor() {
    return this.#listener.cursor;
  }

  /** Listen to the journal's events, "reset" (load the lists again), "stream-open" and "stream-lost". */
  on(/** @type {string} */ event, /** @type {Handler} */ handler) {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  open() {
    if (this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const [event, target] of GONE)
      target().addEventListener(event, () => this.#exchange?.suspend(), { signal });
    for (const [event, target] of BACK)
      target().addEventListener(event, () => this.#exchange?.resume(), { signal });
    this.#join(exchangeFor);
  }

  close() {
    this.#life?.abort();
    this.#life = null;
    this.#exchange?.remove(this.#listener);
    this.#exchange = null;
    this.#listener.rest();
  }

  #join(/** @type {typeof aloneFor} */ find) {
    this.#exchange = find(this.#options, (listener, how) => owners.get(listener)?.(how));
    owners.set(this.#listener, (how) => this.#sentAway(how));
    this.#exchange.add(this.#listener);
  }

  /** The shared line cannot carry these channels: have a line of one's own, if the server will. */
  #sentAway(/** @type {string} */ how) {
    if (how === "alone") this.#join(aloneFor);
    else this.close();
  }

  #tell(/** @type {string} */ event, text = "null") {
    for (const handler of this.#handlers.get(event) ?? []) {
      queueMicrotask(() => handler(JSON.parse(text))); // what one throws is reported and stops no other
    }
  }
}

/** @type {WeakMap<Listener, (how: string) => void>} */ const owners = new WeakMap();
/** @type {[string, () => EventTarget][]} */ const GONE = [
  ["pagehide", () => window],
  ["freeze", () => document],
];
/** @type {[string, () => EventTarget][]} */ const BACK = [
  ["pageshow", () => window],
  ["resume", () => document],
];
