// Run with: node --test tests/stream/js/
import assert from "node:assert/strict";
import test from "node:test";
import { Browser, Chance, Clock, Page, Server, TOO_FAR } from "./browser.mjs";

const NAMES = ["newsfeed:en", "newsfeed:ar", "live:1", "live:2", "chat:3"];

function setUp(seed = 1, options = {}) {
  const [clock, chance] = [new Clock(), new Chance(seed)];
  const server = new Server(clock, chance);
  return { clock, chance, server, browser: new Browser(clock, chance, server, options) };
}

/** Hold what a client was told against the journal: all of it, once, in order; after a reset, from there. */
function check(server, { channels, after, told, listener }, note) {
  let at = after;
  let run = [];
  const until = (end) => server.heard(channels, at).filter(({ id }) => id <= end);
  for (const one of told) {
    if (one.reset === undefined) {
      run.push(one);
      continue;
    }
    const last = run.at(-1) ?? at;
    assert.deepEqual(run, until(last).map(({ id }) => id), note);
    [at, run] = [one.reset, []];
  }
  assert.deepEqual(run, until(listener.cursor).map(({ id }) => id), note);
}

function checkAll({ server, browser }, note) {
  for (const page of browser.pages) for (const client of page.clients) check(server, client, note);
}

test("pages of one browser have one connection", () => {
  const { clock, server, browser } = setUp();
  const pages = [1, 2, 3].map(() => new Page(browser));
  const clients = pages.map((page, index) => page.listen([NAMES[index]], server.head));
  clients.push(pages[0].listen(["live:2"], server.head));
  clock.run(500);
  assert.equal(server.connections.size, 1);
  for (const name of NAMES.slice(0, 4)) server.publish([name]);
  clock.run(500);
  assert.deepEqual(
    clients.map(({ told }) => told.length),
    [1, 1, 1, 1],
  );
  assert.equal(server.connections.size, 1);
});

test("a page whose number is remembered is told without another connection", () => {
  const { clock, server, browser } = setUp();
  new Page(browser).listen(["newsfeed:en"], server.head);
  clock.run(500);
  const before = server.head;
  server.publish(["newsfeed:en"]);
  clock.run(100);
  const opened = server.opened;
  const late = new Page(browser).listen(["newsfeed:en"], before);
  clock.run(200);
  assert.deepEqual(late.told, [server.head]);
  assert.equal(server.opened, opened);
});

test("who comes from further back, or wants more channels, has the line opened anew for all", () => {
  const { clock, server, browser } = setUp();
  server.publish(["newsfeed:en"]);
  const first = new Page(browser).listen(["newsfeed:en"], server.head);
  clock.run(500);
  const old = new Page(browser).listen(["newsfeed:en"], 100);
  const other = new Page(browser).listen(["live:1"], server.head);
  clock.run(700);
  server.publish(["newsfeed:en", "live:1"]);
  clock.run(100);
  assert.deepEqual([first, old, other].map(({ told }) => told.length), [1, 2, 1]);
  assert.equal(server.connections.size, 1);
});

test("one page far behind is reset alone", () => {
  const { clock, server, browser } = setUp();
  for (let count = 0; count < 60; count++) server.publish(["newsfeed:en"]);
  const first = new Page(browser).listen(["newsfeed:en"], server.head);
  clock.run(500);
  const old = new Page(browser).listen(["newsfeed:en"], 100);
  clock.run(1_000);
  server.publish(["newsfeed:en"]);
  clock.run(1_000);
  assert.deepEqual(first.told, [server.head]);
  assert.deepEqual(old.told, [{ reset: old.told[0].reset }, server.head]);
});

test("the keeper may close, crash or fall asleep: another page goes on", () => {
  for (const ending of ["close", "crash", "freeze"]) {
    const world = setUp();
    const { clock, server, browser } = world;
    const [keeper, heir] = [new Page(browser), new Page(browser)];
    keeper.listen(["newsfeed:en"], server.head);
    const client = heir.listen(["newsfeed:en", "live:1"], server.head);
    clock.run(1_000);
    keeper[ending]();
    server.publish(["live:1"]);
    clock.run(ending === "freeze" ? 50_000 : 600);
    assert.deepEqual(client.told, [server.head], ending);
    assert.equal(server.connections.size, ending === "freeze" ? 2 : 1);
    if (ending === "freeze") keeper.thaw();
    server.publish(["newsfeed:en"]);
    clock.run(2_000);
    assert.equal(server.connections.size, 1, ending);
    checkAll(world, ending);
  }
});

test("a page that slept for a day is told what it missed, or to begin again", () => {
  for (const missed of [5, 60]) {
    const world = setUp();
    const { clock, server, browser } = world;
    const page = new Page(browser);
    const client = page.listen(["newsfeed:en"], server.head);
    clock.run(1_000);
    page.freeze();
    for (let count = 0; count < missed; count++) {
      server.publish(["newsfeed:en"]);
      clock.run((24 * 3_600_000) / missed);
    }
    page.thaw();
    clock.run(90_000);
    assert.equal(client.listener.cursor, server.head);
    assert.equal(client.told.length, missed > TOO_FAR ? 1 : missed);
    checkAll(world, `missed ${missed}`);
  }
});

test("more channels than a line may carry: pages that are gone are forgotten, then the last go alone", () => {
  const { clock, server, browser } = setUp();
  const pages = [0, 1].map(() => new Page(browser));
  for (const page of pages) page.listen(Array.from({ length: 8 }, (_, n) => `live:${page.id}-${n}`), server.head);
  clock.run(500);
  pages[1].crash();
  const third = new Page(browser).listen(Array.from({ length: 8 }, (_, n) => `chat:${n}`), server.head);
  clock.run(1_000);
  assert.deepEqual(third.away, []);
  const fourth = new Page(browser).listen(["newsfeed:en"], server.head);
  clock.run(1_000);
  assert.deepEqual(fourth.away, ["alone"]);
  server.publish(["chat:1"]);
  clock.run(100);
  assert.deepEqual(third.told, [server.head]);
});

test("without a bus and a lock each page has its own line, for all that listen there", () => {
  const { clock, server, browser } = setUp(1, { shares: false });
  for (const page of [new Page(browser), new Page(browser)]) {
    page.listen(["newsfeed:en"], server.head);
    page.listen(["live:1"], server.head);
  }
  clock.run(500);
  assert.equal(server.connections.size, 2);
});

test("a journal that went back is begun with again", () => {
  const { clock, server, browser } = setUp();
  new Page(browser).listen(["newsfeed:en"], server.head);
  clock.run(500);
  const ahead = new Page(browser).listen(["newsfeed:en"], 9_000);
  clock.run(60_000);
  assert.deepEqual(ahead.told, [{ reset: server.head }]);
});

test("numbers on the way to one's own are no journal that went back", () => {
  const { clock, server, browser } = setUp();
  for (let left = 5; left > 0; left--) server.takeBack(["newsfeed:en"]);
  const ahead = new Page(browser).listen(["chat:3"], server.head);
  new Page(browser).listen(["newsfeed:en"], 100);
  clock.run(500);
  server.publish(["chat:3"]);
  clock.run(500);
  assert.deepEqual(ahead.told, [server.head]);
});

test("whatever pages do, each client is told everything once and in order", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const world = setUp(seed, { shares: seed % 10 !== 0 });
    for (let step = 0; step < 60; step++) {
      act(world);
      world.clock.run(world.chance.of([0, 10, 80, 300, 3_000, 70_000]));
    }
    for (const page of world.browser.pages) {
      page.thaw();
      page.exchange.resume();
    }
    world.clock.run(200_000);
    world.server.publish(NAMES);
    world.clock.run(5_000);
    for (const page of world.browser.pages)
      for (const { listener } of page.clients) assert.ok(listener.cursor >= world.server.head, `seed ${seed}`);
    checkAll(world, `seed ${seed}`);
    if (world.browser.shares) assert.ok(world.server.connections.size <= 1, `seed ${seed}`);
  }
});

function act({ chance, server, browser }) {
  const page = chance.of([...browser.pages]);
  const what = chance.below(12);
  if (!page || what === 0) open(new Page(browser), chance, server);
  else if (what === 1) open(page, chance, server);
  else if (what === 2) page.close();
  else if (what === 3) page.crash();
  else if (what === 4) page.freeze();
  else if (what === 5) page.thaw();
  else if (what === 6) page.do(() => page.exchange.suspend());
  else if (what === 7) for (const each of browser.pages) each.do(() => each.exchange.resume());
  else if (what === 8) page.do(() => page.exchange.nudge());
  else for (let left = chance.below(8); left >= 0; left--) enter(server, chance);
}

function enter(server, chance) {
  const channels = [chance.of(NAMES), chance.of(NAMES)];
  if (chance.below(3)) server.publish(channels);
  else server.takeBack(channels);
}

function open(page, chance, server) {
  const channels = [...new Set([chance.of(NAMES), chance.of(NAMES)])];
  page.do(() => page.listen(channels, server.head - chance.below(chance.of([1, 10, 90]))));
}
