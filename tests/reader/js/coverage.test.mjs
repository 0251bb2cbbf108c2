import assert from "node:assert/strict";
import test from "node:test";
import { compare, indexFor, wayIn } from "../../../src/dateline/reader/static/reader/js/models/coverage.js";

const NEWEST = { order: "newest", places: ["30-3", "20-2", "10-1"], isFirst: true, hasMore: false };
const OLDEST = { order: "oldest", places: ["10-1", "20-2", "30-3"], isFirst: true, hasMore: false };

test("places are compared by time, then by number", () => {
  assert.ok(compare("1764000000000001-9", "1764000000000000-10") > 0);
  assert.ok(compare("5-9", "5-10") < 0);
  assert.equal(compare("5-9", "5-9"), 0);
});

test("a post stands where its time says, in either order", () => {
  assert.deepEqual(["40-4", "25-9", "5-5"].map((place) => indexFor(place, NEWEST)), [0, 1, 3]);
  assert.deepEqual(["40-4", "25-9", "5-5"].map((place) => indexFor(place, OLDEST)), [3, 2, 0]);
});

test("a page that is a part of a list takes only what lies within it", () => {
  const middle = { isFirst: false, hasMore: true };
  assert.deepEqual(["40-4", "25-9", "5-5"].map((place) => indexFor(place, { ...NEWEST, ...middle })), [-1, 1, -1]);
  assert.deepEqual(["40-4", "25-9", "5-5"].map((place) => indexFor(place, { ...OLDEST, ...middle })), [-1, 2, -1]);
});

test("only what would come in above the reader waits", () => {
  const at = (given) => wayIn({ index: 0, count: 3, order: "newest", isReady: false, ...given });
  assert.equal(at({}), "wait");
  assert.equal(at({ isReady: true }), "put");
  assert.equal(at({ index: 2 }), "put");
  assert.equal(at({ count: 0 }), "put");
  assert.equal(at({ index: -1 }), "leave");
  assert.equal(at({ index: 3, order: "oldest" }), "put");
});
