import assert from "node:assert/strict";
import test from "node:test";
import { isOrdinary, isPlain, isStory } from "../../../src/dateline/reader/static/reader/js/models/links.js";
import { Saved } from "../../../src/dateline/reader/static/reader/js/models/saved.js";
import { Shelf } from "../../../src/dateline/reader/static/reader/js/models/shelf.js";
import { wayOf } from "../../../src/dateline/reader/static/reader/js/models/swipe.js";

const HERE = "https://news.example";
const at = (path) => new URL(path, HERE);

test("only this site's stories open in place", () => {
  const yes = ["/20261124/talks-fail-12.html", "/ru/20261124/x-1.html#b-3"];
  const no = ["/world/", "/20261124/", "/a-12.html", "https://other.example/20261124/talks-12.html"];
  assert.deepEqual(yes.map((path) => isStory(at(path), HERE)), [true, true]);
  assert.deepEqual(no.map((path) => isStory(at(path), HERE)), [false, false, false, false]);
});

test("a click with a key, another button or an answer already is the browser's", () => {
  const click = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };
  assert.equal(isPlain(click), true);
  for (const key of ["metaKey", "ctrlKey", "shiftKey", "altKey", "defaultPrevented"]) {
    assert.equal(isPlain({ ...click, [key]: true }), false);
  }
  assert.equal(isPlain({ ...click, button: 1 }), false);
});

test("a link for another window or to keep is the browser's", () => {
  const link = (given) => ({
    getAttribute: (name) => given[name] ?? null,
    hasAttribute: (name) => name in given,
  });
  const asked = [{}, { target: "_self" }, { target: "_blank" }, { download: "" }];
  assert.deepEqual(asked.map((given) => isOrdinary(link(given))), [true, true, false, false]);
});

test("saved stories are newest first, once each, and survive what is unreadable", () => {
  const kept = new Map([["dateline:saved", "{"]]);
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) };
  const saved = new Saved(storage);
  assert.deepEqual(saved.all, []);
  saved.add({ id: "1", headline: "One", saved: 1 });
  saved.add({ id: "2", headline: "Two", saved: 2 });
  saved.add({ id: "1", headline: "One, again", saved: 3 });
  assert.deepEqual(saved.all.map(({ headline }) => headline), ["One, again", "Two"]);
  assert.deepEqual([saved.has("1"), saved.has("3")], [true, false]);
  saved.remove("1");
  assert.deepEqual(saved.all.map(({ id }) => id), ["2"]);
});

test("a browser that keeps nothing says so", () => {
  const storage = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  assert.equal(new Saved(storage).add({ id: "1" }), false);
});

test("the shelf gives back what was left at a depth, if it is the same story", () => {
  const shelf = new Shelf();
  shelf.keep(1, { url: "/a", scroll: 40 });
  shelf.keep(2, { url: "/b", scroll: 0 });
  assert.equal(shelf.at(1, "/a").scroll, 40);
  assert.equal(shelf.at(1, "/b"), undefined);
  assert.equal(shelf.hasRead("/b"), true);
  shelf.dropFrom(2);
  assert.equal(shelf.hasRead("/b"), false);
  shelf.clear();
  assert.equal(shelf.at(1, "/a"), undefined);
});

test("a swipe goes with the direction of reading; taps, scrolls and mice do not swipe", () => {
  const from = { clientX: 200, clientY: 200, pointerType: "touch" };
  const to = (clientX, clientY = 200) => ({ clientX, clientY });
  assert.equal(wayOf(from, to(100), false), 1);
  assert.equal(wayOf(from, to(300), false), -1);
  assert.equal(wayOf(from, to(100), true), -1);
  assert.equal(wayOf(from, to(300), true), 1);
  assert.deepEqual(
    [wayOf(from, to(180), false), wayOf(from, to(100, 320), false), wayOf(null, to(0), false)],
    [0, 0, 0],
  );
  assert.equal(wayOf({ ...from, pointerType: "mouse" }, to(0), false), 0);
});
