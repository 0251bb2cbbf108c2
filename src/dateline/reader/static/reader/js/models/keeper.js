// Who keeps the one line of a browser: knows who listens, opens a line that covers all of them, and
// passes its blocks on. It remembers the latest, so that a page that opens seldom needs another line.

/** @typedef {import("./listener.js").Message} Message */
/** @typedef {{ channels: string[], after?: number }} Plan */
/** @typedef {{ close: () => void, check: () => void }} Line */
/** @typedef {{ hear: (block: import("./blocks.js").Block) => void, turn: (open: boolean) => void,
 *   refused: () => void }} Ear */

const [MOST, KEPT, ROLL_CALL] = [16, 100, 60_000]; // channels of a line; blocks; milliseconds

export class Keeper {
  static #lines = 0; // of this page: no two of its lines have one name, whichever keeper opened them
  /** @type {Map<string, { channels: string[], after?: number, on: boolean }>} */ #members = new Map();
  /** @type {Line | null} */ #connection = null;
  #line = null;
  #calledAt = Number.NEGATIVE_INFINITY;
  #cancel = null;
  #world;

  /**
   * `settle` is how long arrivals are waited for before a line is opened for all of them.
   * @param {{ id: string, settle: number, now: () => number, post: (message: Message) => void,
   *   connect: (plan: Plan, ear: Ear) => Line, later: (work: () => void, ms: number) => () => void }} world
   */
  constructor(world) {
    this.#world = world;
  }

  start() {
    this.#world.post({ type: "who" });
  }

  stop() {
    this.#cancel?.();
    this.#hangUp();
    this.#members.clear();
  }

  take(/** @type {any} */ message) {
    if (message.type === "hello") this.#greet(message);
    else if (message.type === "nudge") this.#connection?.check();
    else if (message.type === "bye") {
      this.#members.delete(message.who);
      if (!this.#members.size) this.#hangUp();
    }
  }

  #greet({ who, channels, after }) {
    const line = this.#line;
    const member = { channels, after, on: false };
    this.#members.set(who, member);
    const carried = line?.at !== undefined && channels.every((name) => line.channels.includes(name));
    if (!carried || (after ?? line.at) < line.floor) return this.#planSoon();
    member.on = true;
    const { id, at, open } = line;
    const blocks = line.log.filter((block) => block.id > (after ?? at));
    this.#world.post({ type: "welcome", who, line: id, after, at, blocks, open });
  }

  #planSoon() {
    this.#cancel ??= this.#world.later(() => {
      this.#cancel = null;
      this.#plan();
    }, this.#world.settle);
    this.#world.post({ type: "wait" });
  }

  #plan() {
    this.#settleCursors();
    const names = this.#union();
    if (!names?.length) return;
    const known = [...this.#members.values()].flatMap(({ after }) => after ?? []);
    const at = known.length ? Math.min(...known) : undefined;
    this.#hangUp();
    const line = {
      id: `${this.#world.id}-${++Keeper.#lines}`,
      channels: names,
      at,
      floor: at,
      log: [],
      open: false,
    };
    this.#line = line;
    for (const member of this.#members.values()) member.on = true;
    if (at !== undefined) this.#announce();
    this.#connection = this.#world.connect({ channels: names, after: at }, this.#ear(line));
  }

  /** Those on the line stand at least where it stands. */
  #settleCursors() {
    const at = this.#line?.at;
    for (const member of this.#members.values()) {
      if (member.on && at !== undefined) member.after = Math.max(member.after ?? at, at);
      member.on = false;
    }
  }

  /** All channels, if they fit: else ask who is still there, and then send the last away. */
  #union() {
    const names = new Set();
    for (const [who, { channels }] of [...this.#members]) {
      if (new Set([...names, ...channels]).size <= MOST) for (const name of channels) names.add(name);
      else if (this.#world.now() - this.#calledAt > ROLL_CALL) return this.#callRoll();
      else this.#sendAway(who);
    }
    return [...names];
  }

  #callRoll() {
    this.#calledAt = this.#world.now();
    this.#members.clear();
    this.#world.post({ type: "who" });
    return null;
  }

  #sendAway(who, type = "alone") {
    this.#members.delete(who);
    this.#world.post({ type, who });
  }

  #announce() {
    const { id, channels, at } = this.#line;
    this.#world.post({ type: "line", line: id, channels, at });
  }

  #hangUp() {
    this.#connection?.close();
    this.#connection = this.#line = null;
  }

  #ear(line) {
    const mine = (work) => (given) => this.#line === line && work(given);
    return {
      hear: mine((block) => this.#hear(block)),
      turn: mine((open) => {
        line.open = open;
        this.#world.post({ type: "state", open });
      }),
      refused: mine(() => this.#refused()),
    };
  }

  #hear(block) {
    const line = this.#line;
    const prev = line.at;
    if (block.id === undefined) return this.#pass(block);
    if (prev === undefined) {
      line.at = line.floor = block.id;
      this.#announce();
      return;
    }
    line.at = block.event === "reset" ? block.id : Math.max(prev, block.id);
    this.#remember(block, prev);
    this.#world.post({ type: "block", line: line.id, prev, block });
  }

  /** What is no news has no number: whoever misses it hears it again with the next heartbeat. */
  #pass(block) {
    if (block.event) this.#world.post({ type: "aside", block });
  }

  #remember(block, prev) {
    const line = this.#line;
    if (block.event === "reset") [line.log, line.floor] = [[], block.id];
    else if (block.event && block.id > prev) line.log.push(block);
    if (line.log.length > KEPT) line.floor = line.log.shift().id;
  }

  /** The server will not have these channels: each must ask for its own, and a single one is done. */
  #refused() {
    const type = this.#members.size > 1 ? "alone" : "refused";
    this.#hangUp();
    for (const who of [...this.#members.keys()]) this.#sendAway(who, type);
  }
}
