import assert from "node:assert/strict";
import test from "node:test";

import { after, askedBy, next } from "../../../src/dateline/newsroom/static/newsroom/chats/models/walk.js";

const KEY = { ctrlKey: false, metaKey: false, altKey: false };
const THREE = ["3", "5", "8"];

test("down and up stay within the queue", () => {
  assert.equal(next(THREE, undefined, 1), "3");
  assert.equal(next(THREE, "3", 1), "5");
  assert.equal(next(THREE, "8", 1), "8");
  assert.equal(next(THREE, "3", -1), "3");
  assert.equal(next(THREE, "99", 1), "3");
  assert.equal(next([], undefined, 1), undefined);
});

test("when messages leave, the one below is at hand, else the one above", () => {
  assert.equal(after(THREE, ["3"], "3"), "5");
  assert.equal(after(THREE, ["8"], "8"), "5");
  assert.equal(after(THREE, ["5", "8"], "5"), "3");
  assert.equal(after(THREE, ["3"], "8"), "8");
  assert.equal(after(THREE, THREE, "5"), undefined);
  assert.equal(after(THREE, ["3"], undefined), undefined);
});

test("a key asks for what it is for, and for nothing beside a modifier", () => {
  assert.equal(askedBy({ ...KEY, key: "a" }), "approve");
  assert.equal(askedBy({ ...KEY, key: "R" }), "reject");
  assert.equal(askedBy({ ...KEY, key: "4" }), "ground:4");
  assert.equal(askedBy({ ...KEY, key: "0" }), "");
  assert.equal(askedBy({ ...KEY, key: "a", ctrlKey: true }), "");
  assert.equal(askedBy({ ...KEY, key: "Enter" }), "");
});
