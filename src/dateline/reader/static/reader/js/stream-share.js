// What the browser gives to the pages of a site that share one line: a bus, a lock for whoever keeps the
// line, and the times at which a page goes to sleep, is put away or comes back. Where there is no bus or no
// lock (old browsers, plain http) each page has a line of its own.

import { Exchange } from "./models/exchange.js";
import { Line } from "./stream-line.js";

const [GRACE, SETTLE] = [2_000, 60]; // milliseconds

/** @typedef {import("./stream-line.js").LineOptions} LineOptions */

/** @type {Map<string, Exchange>} */ const shared = new Map();

/** The exchange of this page and its neighbours for an address. */
export function exchangeFor(/** @type {LineOptions} */ options, sentAway) {
  const name = `dateline ${options.url}`;
  let exchange = shared.get(name);
  if (!exchange) {
    exchange = aloneFor(options, sentAway, canShare() ? name : "");
    shared.set(name, exchange);
  }
  return exchange;
}

/** An exchange that knows no neighbours, unless it has a `name` to meet them under. */
export function aloneFor(/** @type {LineOptions} */ options, sentAway, name = "") {
  const { quiet } = options;
  const settle = name ? SETTLE : 0;
  const connect = (plan, ear) => new Line(options, plan, ear);
  const world = { id: crypto.randomUUID(), quiet, grace: GRACE, settle, now: Date.now, later, connect };
  /** @type {Exchange} */ const exchange = new Exchange(
    {
      ...world,
      bus: (take) => join(name, take, () => exchange),
      lead: (granted, lost, steal) => (name ? hold(name, granted, lost, steal) : alone(granted)),
    },
    sentAway,
  );
  return exchange;
}

function canShare() {
  return globalThis.navigator?.locks !== undefined && globalThis.BroadcastChannel !== undefined;
}

function later(/** @type {() => void} */ work, /** @type {number} */ ms) {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** Join the bus; while on it the page's comings and goings are watched. */
function join(/** @type {string} */ name, take, exchange) {
  const channel = name ? new BroadcastChannel(name) : null;
  channel?.addEventListener("message", ({ data }) => take(data));
  const watching = new AbortController();
  const { signal } = watching;
  const nudge = () => document.visibilityState !== "hidden" && exchange().nudge();
  document.addEventListener("visibilitychange", nudge, { signal });
  window.addEventListener("online", nudge, { signal });
  return {
    post: (message) => channel?.postMessage(message),
    close: () => {
      watching.abort();
      channel?.close();
    },
  };
}

/** Keep the line as soon as no other page does, or take it from one that sleeps. */
function hold(/** @type {string} */ name, granted, lost, /** @type {boolean} */ steal) {
  const waiting = new AbortController();
  let [letGo, isOver, isHeld] = [() => {}, false, false];
  const keep = () =>
    new Promise((done) => {
      if (isOver) return done(undefined);
      [letGo, isHeld] = [() => done(undefined), true];
      granted();
    });
  const asked = steal ? { steal } : { signal: waiting.signal };
  navigator.locks.request(name, asked, keep).catch(() => isHeld && !isOver && lost());
  return () => {
    isOver = true;
    waiting.abort();
    letGo();
  };
}

function alone(/** @type {() => void} */ granted) {
  granted();
  return () => {};
}
