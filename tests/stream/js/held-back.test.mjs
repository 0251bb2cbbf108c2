// Run with: node --test tests/stream/js/
// A proxy that hands on an answer only when it has ended: the stream is given up for answers that end.
import assert from "node:assert/strict";
import { createServer, get } from "node:http";
import { after, before, test } from "node:test";

import { StreamClient } from "../../../src/dateline/reader/static/reader/js/stream.js";

const PATIENCE = 400;
let [journal, waiting, asked, holds] = [[], new Set(), [], true];
let server, proxy, url;

const block = (id) => `id: ${id}\nevent: told\nchannels: live:1\ndata: ${id}\n\n`;
const head = () => journal.at(-1) ?? 0;
const soon = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function publish() {
  journal.push(head() + 1);
  for (const pump of waiting) pump();
}

/** What the hub does, in short: everything after a number, and an end to it where one is asked for. */
function answer(request, response) {
  const query = new URL(request.url, "http://x").searchParams;
  const once = query.has("once");
  let at = Number(query.get("after"));
  asked.push(once ? "once" : "stream");
  response.write(`retry: 20\n\nid: ${at}\n\n`);
  const pump = () => {
    const due = journal.filter((id) => id > at);
    if (!due.length) return;
    at = head();
    response.write(due.map(block).join(""));
    if (once) end();
  };
  const end = () => {
    waiting.delete(pump);
    response.end();
  };
  waiting.add(pump);
  response.on("close", () => waiting.delete(pump));
  if (once) setTimeout(() => response.writableEnded || (response.write(`id: ${at}\n\n`), end()), 1_500);
  pump();
}

function pass(request, response) {
  const inner = get({ port: server.address().port, path: request.url }, (found) => {
    if (!holds) return found.pipe(response);
    const parts = [];
    found.on("data", (part) => parts.push(part));
    found.on("end", () => response.end(Buffer.concat(parts)));
  });
  inner.on("error", () => response.destroy());
  response.on("close", () => inner.destroy());
}

before(async () => {
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  [server, proxy] = [createServer(answer), createServer(pass)];
  for (const each of [server, proxy]) await new Promise((done) => each.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${proxy.address().port}/-/stream`;
});

after(() => {
  for (const each of [server, proxy]) {
    each.closeAllConnections();
    each.close();
  }
});

test("behind a proxy that holds streams back all comes, once and in order; without it the stream is back", { timeout: 60_000 }, async (t) => {
  const [told, states] = [[], []];
  const client = new StreamClient({ url, channels: ["live:1"], after: 0, patience: PATIENCE, pollFor: 1_000 });
  t.after(() => client.close());
  client.on("told", (id) => told.push(id));
  client.on("stream-lost", () => states.push("lost"));
  for (let count = 0; count < 3; count++) publish();
  client.open();
  while (told.length < 3) await soon(5);
  assert.ok(asked.includes("once"));
  for (let count = 0; count < 20; count++) {
    publish();
    await soon(count % 4 ? 0 : 15);
  }
  while (told.length < 23) await soon(5);
  assert.deepEqual(told, journal);
  assert.deepEqual(states, []);
  holds = false;
  while (asked.at(-1) !== "stream") {
    publish();
    await soon(20);
  }
  await soon(3 * PATIENCE);
  publish();
  while (told.length < journal.length) await soon(5);
  assert.deepEqual(told, journal);
  assert.equal(asked.at(-1), "stream");
});
