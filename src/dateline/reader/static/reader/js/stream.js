// The browser's end of the stream: one connection, a cursor, and a way back after every loss.
// It reads with fetch, not EventSource, whose heartbeats, refusals and waits a page cannot see.
// The cursor begins at the page's own number and lives as long as the page. It is not stored: a number
// kept from an earlier visit can be newer than what this page shows, and the difference would be missed.

const [QUIET, FIRST_WAIT, LONGEST_WAIT] = [45_000, 1_000, 60_000]; // milliseconds; quiet: three heartbeats

/** @typedef {(data: any) => void} Handler */
/** @typedef {{ id?: number, event?: string, retry?: number, data: string[] }} Block */
/** @typedef {{ channels: string[], after?: number, url?: string, quiet?: number }} StreamOptions */

/** Tells handlers what is announced on its channels: each announcement once, and in order. */
export class StreamClient {
  /** @type {Map<string, Set<Handler>>} */ #handlers = new Map();
  /** @type {AbortController | null} */ #life = null;
  /** @type {AbortController | null} */ #line = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {number | undefined} */ #cursor;
  #failures = 0;
  #heardAt = 0;
  #retry = FIRST_WAIT;
  #options;

  /**
   * `after` is the page's journal number, without it the stream begins at the present; `quiet` the
   * milliseconds without a byte after which a connection counts as lost.
   * @param {StreamOptions} options
   */
  constructor({ url = "/-/stream", quiet = QUIET, after, channels }) {
    this.#options = { url, quiet, channels };
    this.#cursor = after;
  }

  /** The journal number up to which everything was heard; undefined before the first word. */
  get cursor() {
    return this.#cursor;
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
    document.addEventListener("visibilitychange", () => this.#check(), { signal });
    window.addEventListener("online", () => this.#check(), { signal });
    window.addEventListener("pageshow", () => this.#check(), { signal });
    window.addEventListener("pagehide", () => this.#hangUp(), { signal });
    this.#connect();
  }

  close() {
    this.#life?.abort();
    this.#life = null;
    this.#hangUp();
  }

  #hangUp() {
    clearTimeout(this.#timer);
    this.#line?.abort();
    this.#line = null;
  }

  /** Look after the line when the page or the network comes back: timers may have slept. */
  #check() {
    if (document.visibilityState === "hidden") return;
    if (!this.#line || Date.now() - this.#heardAt > this.#options.quiet) this.#connect();
  }

  async #connect() {
    this.#hangUp();
    const line = new AbortController();
    this.#line = line;
    const wait = await this.#follow(line).catch(() => undefined);
    if (this.#line !== line) return;
    this.#hangUp();
    this.#tell("stream-lost");
    this.#timer = setTimeout(() => this.#connect(), wait ?? this.#backOff());
  }

  /** Follow one connection to its end; say how long to wait for the next. @param {AbortController} line */
  async #follow(line) {
    this.#expectWord(line);
    const query = new URLSearchParams({ channels: this.#options.channels.join(",") });
    if (this.#cursor !== undefined) query.set("after", String(this.#cursor));
    const answer = await fetch(`${this.#options.url}?${query}`, { cache: "no-store", signal: line.signal });
    if (answer.status === 400) return this.close(); // asking again would not help
    if (!answer.ok || !answer.body) return this.#backOff(Number(answer.headers.get("retry-after")) * 1_000);
    this.#tell("stream-open");
    for await (const block of blocksOf(answer.body, () => this.#expectWord(line))) {
      if (this.#line === line) this.#take(block);
    }
    return this.#retry;
  }

  /** Count the line as lost when nothing comes for too long. @param {AbortController} line */
  #expectWord(line) {
    this.#heardAt = Date.now();
    if (this.#line !== line) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => line.abort(), this.#options.quiet);
  }

  #backOff(least = 0) {
    const wait = Math.min(LONGEST_WAIT, this.#retry * 2 ** this.#failures++);
    return least + wait * (0.5 + Math.random() / 2);
  }

  #take(/** @type {Block} */ { id, event, data, retry }) {
    this.#failures = 0;
    this.#retry = retry ?? this.#retry;
    if (id === undefined || (id <= (this.#cursor ?? -1) && event !== "reset")) return;
    this.#cursor = id;
    if (event) this.#tell(event, data.join("\n"));
  }

  #tell(/** @type {string} */ event, text = "null") {
    for (const handler of this.#handlers.get(event) ?? []) {
      queueMicrotask(() => handler(JSON.parse(text))); // what one throws is reported and stops no other
    }
  }
}

/** Read an event stream block by block; `heard` is called at each sign of life. */
async function* blocksOf(/** @type {ReadableStream<any>} */ body, /** @type {() => void} */ heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    heard();
    const texts = (rest + read.value).split("\n\n");
    rest = texts.pop() ?? "";
    yield* texts.map(blockOf);
  }
}

function blockOf(/** @type {string} */ text) {
  /** @type {Block} */ const block = { data: [] };
  for (const line of text.split("\n")) {
    const [, name, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === "data") block.data.push(value);
    else if (name === "event") block.event = value;
    else if (name === "id" || name === "retry") block[name] = Number(value);
  }
  return block;
}
