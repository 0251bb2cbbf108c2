import assert from "node:assert/strict";
import { test } from "node:test";

import { Blocks } from "../../../src/dateline/reader/static/reader/js/models/blocks.js";

test("a block is whole however its bytes were cut", () => {
  const blocks = new Blocks();
  assert.deepEqual(blocks.take("id: 7\nevent: story-pub"), []);
  assert.deepEqual(blocks.take('lished\ndata: {"story":1}\n\n'), [
    { id: 7, event: "story-published", data: '{"story":1}' },
  ]);
});

test("what somebody wrote may hold separators that are no line ends of a stream", () => {
  for (const odd of ["\u2028", "\u2029", "\u0085", "\v", "\f"]) {
    const data = JSON.stringify({ html: `one${odd}two` });
    assert.deepEqual(new Blocks().take(`data: ${data}\n\n`), [{ data }]);
  }
});
