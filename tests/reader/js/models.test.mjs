import assert from "node:assert/strict";
import test from "node:test";
import { dayWords } from "../../../src/dateline/reader/static/reader/js/models/days.js";
import { relativeWords } from "../../../src/dateline/reader/static/reader/js/models/relative.js";
import { Tally } from "../../../src/dateline/reader/static/reader/js/models/tally.js";
import { Waiting } from "../../../src/dateline/reader/static/reader/js/models/waiting.js";

const NOON = Date.UTC(2026, 10, 24, 12);

test("a time is relative for a day and absolute before and after", () => {
  const ages = [-120_000, -30_000, 0, 59_000, 240_000, 3_599_000, 3_600_000, 86_399_000, 86_400_000];
  assert.deepEqual(
    ages.map((age) => relativeWords(NOON - age, NOON, "en")),
    [null, "1 min", "1 min", "1 min", "4 min", "59 min", "1 hr", "23 hr", null],
  );
});

test("an unreadable time stays as the server wrote it", () => {
  assert.equal(relativeWords(Number.NaN, NOON, "en"), null);
});

test("relative words and days speak the reader's language", () => {
  assert.equal(relativeWords(NOON - 240_000, NOON, "ru"), "4 мин");
  assert.equal(dayWords("2026-11-24", "en"), "Tuesday, November 24, 2026");
});

test("lines wait once per story, keep their newest words and come out in order", () => {
  const waiting = new Waiting();
  waiting.hold("1", "one");
  waiting.hold("2", "two");
  waiting.hold("1", "one, updated");
  assert.equal(waiting.count, 2);
  assert.equal(waiting.drop("3"), false);
  assert.deepEqual(waiting.take(), ["one, updated", "two"]);
  assert.equal(waiting.count, 0);
});

test("messages of a chat are counted once each, whatever is told of them how often", () => {
  const tally = new Tally(40);
  tally.hear("message-posted", { message: "new", row: [41, 7] });
  tally.hear("message-posted", { message: "new", row: [41, 7] });
  assert.equal(tally.count, 41);
  tally.hear("message-edited", { message: "old", row: [3, 2] });
  assert.equal(tally.count, 41);
  tally.hear("message-removed", { message: "new" });
  tally.hear("message-removed", { message: "old", row: null });
  assert.equal(tally.count, 39);
  tally.hear("message-approved", { message: "old", row: [3, 2] });
  assert.equal(tally.count, 40);
});
