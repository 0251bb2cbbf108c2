// Run with: node --test tests/stream/js/
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { afterEach, beforeEach, test } from "node:test";

import { StreamClient } from "../../../src/dateline/reader/static/reader/js/stream.js";

let server, requests, clients, url;

/** A server whose every request waits in `requests` for the test to answer it. */
beforeEach(async () => {
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  requests = new Queue();
  clients = [];
  server = createServer((request, response) => requests.put({ request, response }));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${server.address().port}/-/stream`;
});

afterEach(async () => {
  for (const client of clients) client.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

class Queue {
  #items = [];
  #waiting = [];

  get size() {
    return this.#items.length;
  }

  put(item) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(item);
    else this.#items.push(item);
  }

  take() {
    return this.#items.length ? Promise.resolve(this.#items.shift()) : new Promise((done) => this.#waiting.push(done));
  }
}

function listen(options = {}) {
  const client = new StreamClient({ url, channels: ["newsfeed:en", "chat:12"], after: 5, ...options });
  const told = new Queue();
  for (const event of ["story-published", "reset", "stream-open", "stream-lost"]) {
    client.on(event, (data) => told.put([event, data]));
  }
  clients.push(client);
  client.open();
  return { client, told };
}

async function answered({ told } = {}, start = "retry: 20\n\nid: 5\n\n") {
  const { request, response } = await requests.take();
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(start);
  if (told) assert.deepEqual(await told.take(), ["stream-open", null]);
  return { request, response, query: new URL(request.url, url).searchParams };
}

const published = (id, text = `{"n":${id}}`) => `id: ${id}\nevent: story-published\ndata: ${text}\n\n`;
const soon = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

test("it asks for its channels after the page's number, and tells what comes", async () => {
  const { client, told } = listen();
  const { query, response } = await answered({ told });
  assert.equal(query.get("channels"), "newsfeed:en,chat:12");
  assert.equal(query.get("after"), "5");
  response.write(published(6));
  assert.deepEqual(await told.take(), ["story-published", { n: 6 }]);
  assert.equal(client.cursor, 6);
});

test("without a number it begins at the present and learns where that is", async () => {
  const { client } = listen({ after: undefined });
  const { query } = await answered({}, "retry: 20\n\nid: 41\n\n");
  assert.equal(query.has("after"), false);
  while (client.cursor !== 41) await soon(1);
});

test("bytes may be cut anywhere, also within a letter", async () => {
  const { told } = listen();
  const { response } = await answered({ told });
  const bytes = Buffer.from(published(6, '{"place":"Брдо"}') + published(7));
  for (const byte of bytes) {
    response.write(Buffer.from([byte]));
    await soon(0);
  }
  assert.deepEqual(await told.take(), ["story-published", { place: "Брдо" }]);
  assert.deepEqual(await told.take(), ["story-published", { n: 7 }]);
});

test("how many read is told without a number, to those it concerns", async () => {
  const { client, told } = listen();
  client.on("reading", (data) => told.put(["reading", data]));
  const { response } = await answered({ told });
  response.write('event: reading\nchannels: live:9\ndata: {"live:9":7}\n\n');
  response.write('event: reading\nchannels: chat:12\ndata: {"chat:12":4}\n\n');
  assert.deepEqual(await told.take(), ["reading", { "chat:12": 4 }]);
  response.write(published(6));
  assert.deepEqual(await told.take(), ["story-published", { n: 6 }]);
  assert.equal(client.cursor, 6);
});

test("data of several lines is one text", async () => {
  const { told } = listen();
  const { response } = await answered({ told });
  response.write('id: 6\nevent: story-published\ndata: {"a":\ndata: 1}\n\n');
  assert.deepEqual(await told.take(), ["story-published", { a: 1 }]);
});

test("after a loss it comes back from its cursor, which heartbeats move, and counts no number twice", async () => {
  const { told } = listen();
  const first = await answered({ told });
  first.response.write(`${published(6)}id: 9\n\n`);
  assert.deepEqual(await told.take(), ["story-published", { n: 6 }]);
  first.response.end("id: 10\nevent: story-pub");
  assert.deepEqual(await told.take(), ["stream-lost", null]);
  const second = await answered({ told });
  assert.equal(second.query.get("after"), "9");
  second.response.write(published(8) + published(9) + published(10));
  assert.deepEqual(await told.take(), ["story-published", { n: 10 }]);
});

test("it comes back when the server says, at the end of a stream", async () => {
  const { told } = listen();
  const { response } = await answered({ told });
  const began = performance.now();
  response.end("id: 5\n\nretry: 150\n\n");
  await answered();
  const waited = performance.now() - began;
  assert.ok(waited >= 140 && waited < 1000, `waited ${waited}`);
});

test("a connection that breaks is tried again with growing waits", async () => {
  const { told } = listen();
  const { response } = await answered({ told });
  response.destroy();
  const times = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const { response } = await requests.take();
    times.push(performance.now());
    response.destroy();
  }
  const waits = times.slice(1).map((time, index) => time - times[index]);
  assert.ok(waits.at(-1) > 2 * waits[0], `waited ${waits}`);
  await answered();
});

test("a full server is left alone for as long as it asks", async () => {
  listen();
  const { response } = await requests.take();
  const began = performance.now();
  response.writeHead(503, { "retry-after": "1" }).end();
  await answered();
  assert.ok(performance.now() - began >= 1000);
});

test("a refusal for good ends it", async () => {
  const { client } = listen();
  const { response } = await requests.take();
  response.writeHead(400).end("no such channel");
  await soon(60);
  window.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  await soon(60);
  assert.equal(requests.size, 0);
  assert.equal(client.cursor, 5);
});

test("reset moves the cursor, also back, and the stream goes on", async () => {
  const { client, told } = listen({ after: 900 });
  const { response } = await answered({ told }, "retry: 20\n\n");
  response.write(`id: 7\nevent: reset\ndata: {"head":7}\n\n${published(8)}`);
  assert.deepEqual(await told.take(), ["reset", { head: 7 }]);
  assert.deepEqual(await told.take(), ["story-published", { n: 8 }]);
  assert.equal(client.cursor, 8);
});

test("a connection without a heartbeat counts as lost", async () => {
  const { told } = listen({ quiet: 80 });
  const { response } = await answered({ told });
  for (let beat = 6; beat < 11; beat++) {
    await soon(40);
    response.write(`id: ${beat}\n\n`);
  }
  assert.deepEqual(await told.take(), ["stream-lost", null]);
  const { query } = await answered();
  assert.equal(query.get("after"), "10");
});

test("it connects at once when the network or the page comes back", async () => {
  const { told } = listen();
  const { response } = await answered({ told }, "retry: 60000\n\nid: 5\n\n");
  response.end();
  assert.deepEqual(await told.take(), ["stream-lost", null]);
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  await soon(30);
  assert.equal(requests.size, 0);
  document.visibilityState = "visible";
  window.dispatchEvent(new Event("online"));
  await answered({ told });
  window.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  await soon(30);
  assert.equal(requests.size, 0);
});

test("a page put away hangs up, and asks from its cursor when it is taken out again", async () => {
  const { told } = listen();
  const { request, response } = await answered({ told });
  response.write(published(6));
  await told.take();
  const hungUp = new Promise((done) => request.on("close", done));
  window.dispatchEvent(new Event("pagehide"));
  await hungUp;
  window.dispatchEvent(new Event("pageshow"));
  const { query } = await answered({ told });
  assert.equal(query.get("after"), "6");
});

test("close ends everything, and opening again goes on", async () => {
  const { client, told } = listen();
  const { request } = await answered({ told });
  const hungUp = new Promise((done) => request.on("close", done));
  client.open();
  client.close();
  await hungUp;
  window.dispatchEvent(new Event("online"));
  await soon(30);
  assert.equal(requests.size, 0);
  client.open();
  await answered({ told });
});

test("a handler can be taken off", async () => {
  const { client, told } = listen();
  const heard = [];
  const stop = client.on("story-published", ({ n }) => heard.push(n));
  const { response } = await answered({ told });
  response.write(published(6));
  await told.take();
  stop();
  response.write(published(7));
  await told.take();
  await soon(0);
  assert.deepEqual(heard, [6]);
});

test("a handler that throws is reported and stops no other", async () => {
  const watching = process.rawListeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const reported = new Promise((done) => process.once("uncaughtException", done));
  const { client, told } = listen();
  client.on("story-published", () => {
    throw new Error("from a handler");
  });
  client.on("story-published", ({ n }) => told.put(["last", n]));
  const { response } = await answered({ told });
  response.write(published(6));
  assert.deepEqual(await told.take(), ["story-published", { n: 6 }]);
  assert.deepEqual(await told.take(), ["last", 6]);
  assert.equal((await reported).message, "from a handler");
  for (const listener of watching) process.on("uncaughtException", listener);
});
