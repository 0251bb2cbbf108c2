// One client's place on a line that many share: what it has heard, and which line it may believe.
// It takes blocks only of a line that carries all its channels and began no later than its cursor, and
// each only after the one before it. So nothing is missed and nothing comes twice, whoever keeps the line.

/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {{ type: string, who?: string, line?: string, channels?: string[], after?: number, at?: number,
 *   prev?: number, block?: Block, blocks?: Block[], open?: boolean }} Message */

const ASK_AGAIN = 8; // blocks of an unknown line passed over between two questions

export class Listener {
  #line = "";
  #at = 0;
  #passed = 0;
  #ahead = 0;
  #isOpen = false;
  #tell;
  #post;

  /**
   * `tell` gets events with their text; `post` reaches the keeper of the line.
   * @param {{ who: string, channels: string[], after?: number, tell: (event: string, text?: string) => void,
   *   post: (message: Message) => void }} options
   */
  constructor({ who, channels, after, tell, post }) {
    this.who = who;
    this.channels = channels;
    this.cursor = after;
    this.#tell = tell;
    this.#post = post;
  }

  /** Say where one stands; the keeper answers with what was missed or with another line. */
  hello() {
    this.#line = "";
    this.#passed = 0;
    this.#post({ type: "hello", who: this.who, channels: this.channels, after: this.cursor });
  }

  take(/** @type {any} */ message) {
    if (message.type === "who") this.hello();
    else if (message.type === "line") this.#join(message);
    else if (message.type === "welcome") this.#enter(message);
    else if (message.type === "block") this.#follow(message);
    else if (message.type === "aside") this.#dispatch(message.block);
    else if (message.type === "state") this.turn(message.open);
  }

  /** Hear whether the line stands. */
  turn(/** @type {boolean} */ open) {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#tell(open ? "stream-open" : "stream-lost");
  }

  /** Go to sleep, or out: whoever comes back hears that the line stands. */
  rest() {
    this.#line = "";
    this.#isOpen = false;
  }

  #join({ line, channels, at }) {
    const covers = this.channels.every((name) => channels.includes(name));
    if (!covers || (this.cursor ?? at) < at) return this.hello();
    this.#attach(line, at);
  }

  #enter({ who, line, after, at, blocks, open }) {
    if (who !== this.who) return;
    if (this.cursor < after) return this.hello(); // it went back since that was asked
    this.#attach(line, at);
    this.turn(open);
    for (const block of blocks) this.#hear(block);
    this.cursor = Math.max(this.cursor, at);
  }

  #attach(line, at) {
    this.#line = line;
    this.#at = at;
    this.cursor ??= at;
    this.#ahead = 0;
  }

  #follow({ line, prev, block }) {
    if (line !== this.#line) {
      if (++this.#passed % ASK_AGAIN === 1) this.hello();
      return;
    }
    if (prev !== this.#at) return this.hello(); // one was lost on the way
    if (block.event === "reset") return this.#reset(block, prev);
    this.#at = Math.max(prev, block.id);
    if (block.event) this.#ahead = 0;
    else if (block.id === prev) this.#look(block.id);
    this.#hear(block);
  }

  /** A reset is for those who stood where the line stood, or beyond a journal that went back. */
  #reset({ id, data }, prev) {
    if (this.cursor > prev && this.cursor <= id) return this.hello();
    this.#start(id, data);
  }

  /** A journal that stands still below one's cursor was restored: begin again with it. */
  #look(id) {
    this.#ahead = id < this.cursor ? this.#ahead + 1 : 0;
    if (this.#ahead > 2) this.#start(id, `{"head":${id}}`);
  }

  #start(id, data) {
    this.cursor = this.#at = id;
    this.#ahead = 0;
    this.#tell("reset", data);
  }

  #hear(block) {
    if (block.id <= this.cursor) return;
    this.cursor = block.id;
    this.#dispatch(block);
  }

  #dispatch({ event, data, channels }) {
    if (event && (!channels || channels.some((name) => this.channels.includes(name))))
      this.#tell(event, data);
  }
}
