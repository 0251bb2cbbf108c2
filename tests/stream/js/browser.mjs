// A browser in virtual time: pages that open, sleep, crash and come back, a bus that delivers late but in
// order, a lock, and a server whose stream breaks now and then. Nothing in it waits for a real clock.
import { Exchange } from "../../../src/dateline/reader/static/reader/js/models/exchange.js";
import { Listener } from "../../../src/dateline/reader/static/reader/js/models/listener.js";

export const TOO_FAR = 40;

export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed * 2654435761 + 1;
  }

  below(limit) {
    this.#state = (this.#state * 1103515245 + 12345) % 2147483648;
    return Math.floor((this.#state / 2147483648) * limit);
  }

  of(list) {
    return list[this.below(list.length)];
  }
}

export class Clock {
  now = 0;
  #tasks = [];
  #count = 0;

  later(work, ms) {
    this.#tasks.push({ at: this.now + ms, order: this.#count++, work });
  }

  run(ms) {
    const end = this.now + ms;
    for (;;) {
      this.#tasks.sort((one, other) => one.at - other.at || one.order - other.order);
      if (!this.#tasks.length || this.#tasks[0].at > end) break;
      const task = this.#tasks.shift();
      this.now = Math.max(this.now, task.at);
      task.work();
    }
    this.now = end;
  }
}

/** A journal and its open connections; a reader further behind than TOO_FAR is told to reset. */
export class Server {
  entries = [];
  head = 100;
  connections = new Set();
  opened = 0;

  constructor(clock, chance) {
    Object.assign(this, { clock, chance });
    this.#beat();
  }

  publish(channels) {
    this.#enter({ event: "told", channels });
  }

  /** Of what was taken back since, nothing is left to tell but its number. */
  takeBack(channels) {
    this.#enter({ channels });
  }

  #enter(entry) {
    this.head += 1 + this.chance.below(3);
    const data = entry.event ? String(this.head) : "";
    this.entries.push({ ...entry, id: this.head, data });
    for (const connection of this.connections) connection.pump();
  }

  #beat() {
    this.clock.later(() => {
      for (const connection of this.connections) connection.pump(true);
      this.#beat();
    }, 15_000);
  }

  heard(channels, after) {
    return this.due(channels, after).filter(({ event }) => event);
  }

  due(channels, after) {
    return this.entries.filter((entry) => entry.id > after && entry.channels.some((name) => channels.includes(name)));
  }
}

/** What stream-line.js does, without a network: goes on after its last number whenever it breaks. */
class FakeLine {
  isClosed = false;

  constructor(server, plan, ear, isAwake) {
    Object.assign(this, { server, ear, isAwake, channels: plan.channels, at: plan.after });
    server.clock.later(() => this.#open(), 5 + server.chance.below(200));
  }

  close() {
    this.isClosed = true;
    this.server.connections.delete(this);
  }

  check() {}

  #open() {
    if (this.isClosed) return;
    if (!this.isAwake()) return void this.server.clock.later(() => this.#open(), 1_000);
    this.server.opened++;
    this.server.connections.add(this);
    this.#give({ id: this.at ?? this.server.head, data: "" });
    this.ear.turn(true);
    this.pump();
    this.server.clock.later(() => this.#breakOff(), 1_000 + this.server.chance.below(60_000));
  }

  #breakOff() {
    if (this.isClosed) return;
    if (!this.isAwake()) return void this.server.clock.later(() => this.#breakOff(), 1_000);
    this.server.connections.delete(this);
    this.ear.turn(false);
    this.server.clock.later(() => this.#open(), this.server.chance.below(2_000));
  }

  pump(beats = false) {
    if (this.isClosed || !this.isAwake()) return;
    const due = this.server.due(this.channels, this.at);
    const { head } = this.server;
    if (due.length > TOO_FAR) this.#give({ id: head, event: "reset", data: `{"head":${head}}` });
    else for (const entry of due) this.#give(entry);
    if (beats && !this.isClosed) this.#give({ id: head, data: "" });
  }

  #give(block) {
    if (this.isClosed) return;
    this.at = block.id;
    this.ear.hear(block);
  }
}

export class Browser {
  pages = new Set();
  #held = null;
  #waiting = [];

  constructor(clock, chance, server, { shares = true } = {}) {
    Object.assign(this, { clock, chance, server, shares });
  }

  request(page, granted, lost, steal) {
    const claim = { page, isOver: false };
    claim.granted = () => claim.isOver || granted();
    claim.lost = () => claim.isOver || lost();
    if (!this.shares) granted();
    else if (steal) this.#steal(claim);
    else this.#waiting.push(claim);
    this.clock.later(() => this.#grant(), this.chance.below(5));
    return () => this.release(claim);
  }

  release(claim) {
    claim.isOver = true;
    this.#waiting = this.#waiting.filter((one) => one !== claim);
    if (this.#held === claim) this.#held = null;
    this.clock.later(() => this.#grant(), this.chance.below(5));
  }

  #steal(claim) {
    const robbed = this.#held;
    this.#held = claim;
    if (robbed) robbed.page.soon(robbed.lost);
    claim.page.soon(claim.granted);
  }

  #grant() {
    if (this.#held || !this.#waiting.length) return;
    this.#held = this.#waiting.shift();
    this.#held.page.soon(this.#held.granted);
  }

  /** A page that crashed gives everything back, and says nothing. */
  bury(page) {
    this.pages.delete(page);
    this.#waiting = this.#waiting.filter((claim) => claim.page !== page);
    if (this.#held?.page === page) this.#held = null;
    this.#grant();
  }
}

export class Page {
  static #count = 0;
  isDead = false;
  clients = [];
  #held = [];
  #isFrozen = false;
  #arrives = 0;
  #take = null;
  #line = null;

  constructor(browser) {
    this.id = `p${++Page.#count}`;
    this.browser = browser;
    browser.pages.add(this);
    const { clock, server } = browser;
    this.exchange = new Exchange(
      {
        id: this.id,
        quiet: 45_000,
        grace: 2_000,
        settle: 60,
        now: () => clock.now,
        later: (work, ms) => this.#later(work, ms),
        bus: (take) => this.#board(take),
        lead: (granted, lost, steal) => browser.request(this, granted, lost, steal),
        connect: (plan, ear) => {
          this.#line = new FakeLine(server, plan, ear, () => !this.#isFrozen);
          return this.#line;
        },
      },
      (listener, how) => this.clients.find((client) => client.listener === listener).away.push(how),
    );
  }

  listen(channels, after) {
    const client = { channels, after, told: [], away: [] };
    const tell = (event, text) => {
      if (event === "told") client.told.push(Number(text));
      else if (event === "reset") client.told.push({ reset: JSON.parse(text).head });
    };
    const who = `${this.id}.${this.clients.length}`;
    client.listener = new Listener({ who, channels, after, tell, post: (message) => this.exchange.post(message) });
    this.clients.push(client);
    this.exchange.add(client.listener);
    return client;
  }

  #board(take) {
    this.#take = take;
    return { post: (message) => this.#post(message), close: () => (this.#take = null) };
  }

  #post(message) {
    if (!this.browser.shares) return;
    const copy = structuredClone(message);
    for (const page of this.browser.pages) if (page !== this) page.receive(copy);
  }

  receive(message) {
    const { clock, chance } = this.browser;
    this.#arrives = Math.max(this.#arrives, clock.now + chance.below(30));
    clock.later(() => this.do(() => this.#take?.(message)), this.#arrives - clock.now);
  }

  #later(work, ms) {
    let isOff = false;
    this.browser.clock.later(() => this.do(() => isOff || work()), ms);
    return () => {
      isOff = true;
    };
  }

  soon(work) {
    this.browser.clock.later(() => this.do(work), 1);
  }

  do(work) {
    if (this.isDead) return;
    if (this.#isFrozen) this.#held.push(work);
    else work();
  }

  freeze() {
    this.#isFrozen = true;
  }

  thaw() {
    this.#isFrozen = false;
    for (const work of this.#held.splice(0)) this.do(work);
  }

  crash() {
    this.isDead = true;
    this.#line?.close();
    this.browser.bury(this);
  }

  close() {
    for (const { listener } of this.clients) this.exchange.remove(listener);
    this.crash();
  }
}
