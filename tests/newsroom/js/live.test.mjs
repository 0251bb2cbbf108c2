import assert from "node:assert/strict";
import test from "node:test";

const MODELS = "../../../src/dateline/newsroom/static/newsroom/live/models";
const { Outcome, Unsent, newKey, outcomeOf } = await import(`${MODELS}/unsent.js`);
const { goneFrom, placeOf } = await import(`${MODELS}/lanes.js`);
const { Kept } = await import(`${MODELS}/kept.js`);
const { pictureLine, withPart } = await import(`${MODELS}/typing.js`);

class Store {
  #kept = new Map();
  getItem = (name) => this.#kept.get(name) ?? null;
  setItem = (name, text) => this.#kept.set(name, text);
  removeItem = (name) => this.#kept.delete(name);
}

/** A newsroom that may be out of reach; it notes what reached it. */
class Newsroom {
  isUp = true;
  answers = {};
  got = [];

  send = async (fields) => {
    if (!this.isUp) return { status: 0 };
    this.got.push(fields.client_key);
    return this.answers[fields.client_key] ?? { status: 200, answer: { post: "1" } };
  };
}

function queue(newsroom, store = new Store()) {
  const told = [];
  const unsent = new Unsent({
    store,
    name: "u",
    send: newsroom.send,
    tell: ({ outcome, post }) => told.push([post.key, outcome]),
  });
  return { unsent, told };
}

test("what is written while the line is down is sent once and in order when it is back", async () => {
  const newsroom = new Newsroom();
  const store = new Store();
  const { unsent, told } = queue(newsroom, store);
  newsroom.isUp = false;
  for (const client_key of ["a", "b", "c"]) {
    unsent.add({ client_key });
    await unsent.flush();
  }
  assert.deepEqual(unsent.waiting.map((post) => post.key), ["a", "b", "c"]);
  assert.equal(unsent.pause, 4000);
  assert.deepEqual(new Set(told.map(([, outcome]) => outcome)), new Set([Outcome.LATER]));
  newsroom.isUp = true;
  const reloaded = queue(newsroom, store);
  await Promise.all([reloaded.unsent.flush(), reloaded.unsent.flush()]);
  assert.deepEqual([newsroom.got, reloaded.unsent.all, reloaded.unsent.pause], [["a", "b", "c"], [], 0]);
});

test("a refused post is kept with the reason and holds up no other", async () => {
  const newsroom = new Newsroom();
  newsroom.answers.a = { status: 409, answer: { message: "It is closed." } };
  const { unsent, told } = queue(newsroom);
  for (const client_key of ["a", "b"]) unsent.add({ client_key });
  await unsent.flush();
  assert.deepEqual(told, [
    ["a", Outcome.REFUSED],
    ["b", Outcome.DONE],
  ]);
  assert.deepEqual(unsent.all.map((post) => [post.key, post.refused]), [["a", "It is closed."]]);
  unsent.remove("a");
  assert.deepEqual(unsent.all, []);
});

test("a post added while another is on its way goes after it", async () => {
  const newsroom = new Newsroom();
  const { unsent } = queue(newsroom);
  unsent.add({ client_key: "a" });
  const first = unsent.flush();
  unsent.add({ client_key: "b" });
  await first;
  assert.deepEqual(newsroom.got, ["a", "b"]);
});

test("what an answer means", () => {
  const of = (outcome) => [0, 200, 204, 302, 400, 401, 403, 409, 413, 422, 429, 500, 503].filter((s) => outcomeOf(s) === outcome);
  assert.deepEqual(of(Outcome.DONE), [200, 204]);
  assert.deepEqual(of(Outcome.REFUSED), [400, 403, 409, 413, 422]);
  assert.deepEqual(of(Outcome.LATER), [0, 302, 401, 429, 500, 503]);
  assert.match(newKey(), /^[0-9a-f]{24}$/);
  assert.notEqual(newKey(), newKey());
});

test("what is broken in the store is nothing that waits", () => {
  const store = new Store();
  store.setItem("u", "{");
  assert.deepEqual(queue(new Newsroom(), store).unsent.all, []);
  store.setItem("u", '{"a": 1}');
  assert.deepEqual(queue(new Newsroom(), store).unsent.all, []);
});

test("a post goes where its order says", () => {
  assert.deepEqual(["9", "5", "1", "4"].map((order) => placeOf(["8", "5", "3"], order)), [0, 2, 3, 2]);
  assert.equal(placeOf([], "1"), 0);
});

test("when all are told, those not named go, but not what stands further back", () => {
  const post = (number, order, lane = "published") => ({ number, order, lane });
  const shown = [post("1", "9"), post("2", "5"), post("3", "1"), post("4", "7", "draft")];
  assert.deepEqual(goneFrom(shown, [post("1", "9"), post("5", "4")]), ["2", "4"]);
  assert.deepEqual(goneFrom(shown, []), ["1", "2", "3", "4"]);
});

test("what is typed is kept until it is dropped, and nothing is kept of an untouched form", () => {
  const kept = new Kept(new Store(), "box");
  kept.keep({ text: "One", csrfmiddlewaretoken: "x", action: "publish" });
  assert.deepEqual(kept.read(), { text: "One" });
  kept.keep({ text: "" });
  assert.equal(kept.read(), null);
  kept.keep({ text: "Same" }, { unless: { text: "Same" } });
  assert.equal(kept.read(), null);
});

test("a part stands by itself", () => {
  assert.deepEqual(withPart("One.\nTwo.", 4, "> "), { text: "One.\n\n> \n\nTwo.", from: 6, to: 8 });
  assert.deepEqual(withPart("", 0, "x"), { text: "x", from: 0, to: 1 });
  assert.deepEqual([pictureLine(3), pictureLine(3, "A | b]")], ["[picture 3]", "[picture 3 | A   b]"]);
});
