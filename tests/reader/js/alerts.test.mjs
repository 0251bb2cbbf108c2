import assert from "node:assert/strict";
import test from "node:test";
import { AlertLedger } from "../../../src/dateline/reader/static/reader/js/models/alerts.js";

test("an alert is announced once in all tabs, and sent away for good", () => {
  const [first, second] = [new AlertLedger(), new AlertLedger()];
  first.announced(7);
  second.read(first.text);
  assert.deepEqual([second.isKnown(7), second.isGone(7), second.isKnown(8)], [true, false, false]);
  second.dismissed(7);
  second.announced(8);
  assert.equal(second.text, "-7+8");
  first.read(second.text);
  assert.deepEqual([first.isGone(7), first.isKnown(8)], [true, true]);
  first.read("+7");
  assert.equal(first.isGone(7), true);
});

test("text that is none of ours counts as nothing, and old numbers are let go", () => {
  const ledger = new AlertLedger();
  for (const text of [null, "", "yes", "{}", "-x"]) ledger.read(text);
  assert.equal(ledger.text, "");
  for (let number = 1; number < 30; number += 1) ledger.announced(number);
  assert.equal(ledger.text.split("+").length - 1, 20);
  assert.equal(ledger.isKnown(29), true);
});
