// <live-coverage channel after>: keeps posts, summary, key events and state as new as the journal.
// A new post goes in when the reader is at the top; otherwise a button says how many wait. Edits and
// deletions happen where they are, and the text being read stays where it is.
// Loads: at once.

import { CoverageList } from "./coverage-list.js";
import { fragment, pageOf } from "./html.js";
import { wayIn } from "./models/coverage.js";
import { Waiting } from "./models/waiting.js";
import { isAtTop, keepStill } from "./still.js";
import { StreamClient } from "./stream.js";

/** Open the stream; the one place that knows how. */
function listen(channel, after, heard) {
  const client = new StreamClient({ channels: [channel], after });
  for (const [event, handler] of Object.entries(heard)) client.on(event, handler);
  client.open();
  return () => client.close();
}

class LiveCoverage extends HTMLElement {
  #abort = new AbortController();
  #hangUp = () => {};
  #waiting = new Waiting();
  #shown = new CoverageList(this);

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    for (const event of ["scroll", "visibilitychange"]) {
      document.addEventListener(event, () => this.#showIfReady(), { signal, passive: true, capture: true });
    }
    this.#hangUp = listen(this.getAttribute("channel"), Number(this.getAttribute("after")), {
      "live-post-published": (told) => this.#arrive(told),
      "live-post-changed": (told) => this.#change(told),
      "live-post-deleted": ({ post }) => this.#leave(post),
      "live-summary-changed": ({ html }) => html && this.#replace("[data-summary]", html),
      "live-closed": ({ html }) => this.#end(html, false),
      "live-reopened": ({ html }) => this.#end(html, true),
      "live-merged": (told) => this.#merge(told),
      "live-arranged": () => this.#reload(),
      "story-withdrawn": () => this.#vanish(),
      reading: (counts) => this.#read(counts[this.getAttribute("channel")]),
      reset: () => this.#reload(),
    });
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#hangUp();
  }

  /** @returns {HTMLButtonElement} */
  get #button() {
    return this.querySelector("[data-new]");
  }

  /** Whether a post may go in above what is read, which it then does not move. */
  get #isReady() {
    return this.#shown.isFirst && !document.hidden && isAtTop(this.#shown.list);
  }

  #arrive(told) {
    if (!told.html) return;
    if (this.#shown.post(told.post) || told.pinned) return this.#change(told);
    const { order } = this.dataset;
    const way = wayIn({ ...this.#shown.where(told.place), order, isReady: this.#isReady });
    if (way === "put") keepStill(this, () => this.#shown.put(told));
    else if (order === "newest") this.#waiting.hold(told.post, told);
    keepStill(this, () => this.#shown.index(told));
    this.#say(this.dataset.statusLabel, this.#waiting.count || 1);
    this.#count();
  }

  #change(told) {
    if (!told.html) return;
    if (this.#waiting.has(told.post)) this.#waiting.hold(told.post, told);
    else keepStill(this, () => this.#shown.change(told));
    keepStill(this, () => this.#shown.index(told));
    this.#say(this.dataset.changedLabel);
  }

  #leave(key) {
    if (this.#waiting.drop(key)) this.#count();
    if (this.#shown.post(key)) this.#say(this.dataset.goneLabel);
    keepStill(this, () => this.#shown.remove(key));
  }

  #showIfReady() {
    if (this.#waiting.count && this.#isReady) keepStill(this, () => this.#show());
  }

  #show() {
    for (const told of this.#waiting.take()) this.#shown.put(told);
    this.#count();
  }

  #count() {
    const { count } = this.#waiting;
    keepStill(this, () => {
      this.#button.hidden = count === 0;
      this.#button.textContent = this.dataset.newLabel.replace("{n}", String(count));
    });
  }

  #say(words, number = 0) {
    this.querySelector("[data-status]").textContent = words.replace("{n}", String(number));
  }

  /** Say how many read with one; a reader alone is not told so. */
  #read(number) {
    const place = /** @type {HTMLElement | null} */ (this.querySelector("[data-reading]"));
    if (!place || number === undefined) return;
    const shown = new Intl.NumberFormat(document.documentElement.lang).format(number);
    place.textContent = number > 1 ? place.dataset.reading.replace("{n}", shown) : "";
  }

  #replace(name, html) {
    const old = this.querySelector(name);
    if (old) keepStill(this, () => old.replaceWith(fragment(html)));
  }

  #end(html, isRunning) {
    if (html) this.#replace("[data-state]", html);
    const story = this.closest("article");
    story?.classList.toggle("is-live", isRunning);
    story?.querySelector(".story-kicker .sign-live")?.classList.toggle("is-running", isRunning);
  }

  #merge({ merged, address }) {
    const isOurs = this.getAttribute("channel") === `live:${merged}`;
    if (isOurs && address) location.assign(address);
    else this.#reload();
  }

  #vanish() {
    this.#hangUp();
    const notice = document.createElement("p");
    notice.className = "live-state";
    notice.setAttribute("role", "alert");
    notice.textContent = this.dataset.endedLabel;
    this.replaceChildren(notice);
  }

  /** Take the whole coverage from the server again: too much has happened to be told. */
  async #reload() {
    const answer = await fetch(this.dataset.start, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || !this.#shown.isFirst) return;
    const fresh = pageOf(await answer.text()).querySelector("live-coverage");
    if (fresh) this.replaceWith(document.importNode(fresh, true));
  }

  async #onClick(event) {
    if (event.target.closest("[data-new]")) return this.#ask();
    const share = event.target.closest("[data-share-post]");
    if (share) return this.#share(share);
    const key = event.target.closest("[data-key] a")?.closest("[data-key]").dataset.key;
    const post = key && this.#shown.post(key);
    if (!post) return;
    event.preventDefault();
    location.hash = post.id;
  }

  /** The reader asks for what waits: show it on the first page, or go there. */
  #ask() {
    if (!this.#shown.isFirst) return location.assign(this.dataset.start);
    this.#show();
    const [newest] = this.#shown.posts;
    newest?.scrollIntoView({ block: "center" });
    newest?.querySelector("a")?.focus({ preventScroll: true });
  }

  async #share(button) {
    const post = button.closest("[data-post]");
    const { href } = post.querySelector(".live-when a");
    const title = post.querySelector("h3")?.textContent ?? document.title;
    const { share } = await import("./dialogs.js");
    await share(button, { title, url: href });
  }
}

customElements.define("live-coverage", LiveCoverage);
