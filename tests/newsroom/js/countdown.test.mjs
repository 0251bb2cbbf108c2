import assert from "node:assert/strict";
import test from "node:test";
import { asClock, Countdown } from "../../../src/dateline/newsroom/static/newsroom/models/countdown.js";

test("what is left reads as on a clock, and a day or more is left to the date", () => {
  const shown = [0, 7, 60, 3599, 3600, 3723, 86_399, 86_400].map(asClock);
  assert.deepEqual(shown, ["0:00", "0:07", "1:00", "59:59", "1:00:00", "1:02:03", "23:59:59", ""]);
});

test("every second is shown once, and a tab that slept shows the right one", () => {
  let now = 5000;
  const countdown = new Countdown(3, () => now);
  const at = (moment) => {
    now = moment;
    return [countdown.left, countdown.untilNext];
  };
  assert.deepEqual(at(5000), [3, 1000]);
  assert.deepEqual(at(5001), [3, 999]);
  assert.deepEqual(at(6000), [2, 1000]);
  assert.deepEqual(at(7600), [1, 400]);
  assert.deepEqual(at(8000), [0, 1000]);
  assert.equal(at(99_000)[0], 0);
});
