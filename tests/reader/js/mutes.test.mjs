import assert from "node:assert/strict";
import test from "node:test";
import { Mutes } from "../../../src/dateline/reader/static/reader/js/models/mutes.js";

test("whom a reader muted is hidden, whatever is said", () => {
  const mutes = new Mutes({ readers: ["bo-arner"] });
  assert.deepEqual([mutes.hides("bo-arner", "Good."), mutes.hides("ada-lind", "Good.")], [true, false]);
  assert.equal(mutes.hides(undefined, "Somebody who left."), false);
});

test("a muted word hides where it is a whole word, in any letters and any script", () => {
  const mutes = new Mutes({ words: ["dam", "дамба", "السد", "a+b", "(x"] });
  const said = ["The DAM broke.", "Дамба!", "انهار السد اليوم", "1 a+b", "y (x"];
  assert.deepEqual(said.map((text) => mutes.hides("ada", text)), [true, true, true, true, true]);
  assert.deepEqual(["Damage", "madam", "дамбами"].map((text) => mutes.hides("ada", text)), [false, false, false]);
});

test("nothing muted hides nothing", () => {
  assert.equal(new Mutes().hides("ada", ""), false);
});
