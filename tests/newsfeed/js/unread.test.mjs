import assert from "node:assert/strict";
import test from "node:test";
import { choiceText, readChoice } from "../../../src/dateline/reader/static/reader/js/models/feed-choice.js";
import { badge, counted } from "../../../src/dateline/reader/static/reader/js/models/plural.js";
import { passes, Unread } from "../../../src/dateline/reader/static/reader/js/models/unread.js";

const row = (number, story = number, more = {}) => {
  const { sections = [1], kind = "news", topics = [], language = "" } = more;
  return [number, story, sections, kind, topics, language, 5];
};

function begun({ cursor = 0, floor = 0, lines = [] }) {
  const unread = new Unread(cursor);
  unread.start({ journal: 90, floor, lines });
  return unread;
}

test("a first visit starts read", () => {
  const unread = begun({ cursor: null, lines: [row(9), row(8)] });
  assert.deepEqual([unread.count, unread.cursor, unread.wants], [0, 90, null]);
});

test("what is newer than the cursor counts, and older lines are wanted until it is exact", () => {
  const unread = begun({ cursor: 5, floor: 7, lines: [row(9), row(8)] });
  assert.deepEqual([unread.count, unread.wants], [2, 8]);
  unread.add({ floor: 4, lines: [row(7), row(6), row(5)] });
  assert.deepEqual([unread.count, unread.wants], [4, null]);
});

test("updates, withdrawals and returns change the count", () => {
  const unread = begun({ cursor: 5, lines: [row(9), row(4)] });
  unread.tell(20, row(95, 20));
  unread.tell(9, row(9, 9, { kind: "feature" }));
  assert.equal(unread.count, 2);
  unread.tell(9, null);
  unread.tell(4, row(96, 4));
  assert.equal(unread.count, 2);
});

test("an older answer does not undo what was told while it was on its way", () => {
  const unread = begun({ cursor: 3, floor: 7, lines: [row(9)] });
  unread.tell(6, null);
  unread.tell(5, row(5, 5, { kind: "feature" }));
  unread.filter = { kind: "feature" };
  unread.add({ floor: 3, lines: [row(6), row(5), row(4)] });
  assert.equal(unread.count, 1);
  unread.filter = null;
  assert.equal(unread.count, 3);
});

test("a line is seen with all before it; the cursor goes back only when asked", () => {
  const unread = begun({ cursor: 5, lines: [row(9), row(8), row(7)] });
  unread.see(8);
  unread.see(6);
  assert.equal(unread.count, 1);
  unread.unreadFrom(7);
  assert.equal(unread.count, 3);
  unread.readAll();
  assert.deepEqual([unread.count, unread.cursor], [0, 9]);
});

test("a filter asks for all that it names", () => {
  const line = row(9, 9, { sections: [3, 1], kind: "feature", topics: [7], language: "fr" });
  const found = [null, {}, { section: 1 }, { section: 2 }, { kind: "feature", topic: 7 }, { language: "" }];
  assert.deepEqual(
    found.map((filter) => passes(line, filter)),
    [true, true, true, false, true, false],
  );
});

test("a choice is kept as an address and as what lines carry", () => {
  const text = choiceText([
    ["section", "world/in", "4"],
    ["kind", "", ""],
    ["language", "en", ""],
  ]);
  assert.deepEqual(readChoice(text), {
    query: "section=world%2Fin&language=en",
    filter: { section: 4, language: "" },
  });
  for (const spoilt of [null, "", "{", "[]", '{"query":"x"}']) {
    assert.deepEqual(readChoice(spoilt), { query: "", filter: null });
  }
});

test("counts are said in the language's own form; badges have little room", () => {
  const forms = JSON.stringify({ one: "{n} материал", few: "{n} материала", many: "{n} материалов" });
  assert.deepEqual(
    [1, 3, 12].map((n) => counted(forms, n, "ru")),
    ["1 материал", "3 материала", "12 материалов"],
  );
  assert.deepEqual([0, 7, 99, 100].map(badge), ["", "7", "99", "99+"]);
});
