import assert from "node:assert/strict";
import test from "node:test";
import { Batch } from "../../../src/dateline/reader/static/reader/js/models/batch.js";

/** @param {any} t */
function batch(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {number[][]} */
  const told = [];
  return { told, news: new Batch((held) => told.push(held)), tick: (ms) => t.mock.timers.tick(ms) };
}

test("what comes within two seconds of the first is told once, in order, and no sooner", (t) => {
  const { told, news, tick } = batch(t);
  for (const one of [1, 2, 3]) {
    news.add(one);
    tick(600);
  }
  news.add(4);
  tick(199);
  assert.deepEqual(told, []);
  tick(1);
  assert.deepEqual(told, [[1, 2, 3, 4]]);
});

test("a steady stream is told every two seconds, each message in one batch", (t) => {
  const { told, news, tick } = batch(t);
  for (let one = 0; one < 10; one += 1) {
    news.add(one);
    tick(500);
  }
  assert.deepEqual(told, [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]);
  tick(1_500);
  assert.deepEqual(told.at(-1), [8, 9]);
});

test("nothing is told without news, nor after a stop", (t) => {
  const { told, news, tick } = batch(t);
  tick(10_000);
  news.add(1);
  news.stop();
  tick(10_000);
  assert.deepEqual(told, []);
});
