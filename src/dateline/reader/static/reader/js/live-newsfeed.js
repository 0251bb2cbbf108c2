// <live-newsfeed channel after stream>: keeps the list inside it as new as the journal.
// New lines go in when the reader is at the top and looking; otherwise a button says how many wait.
// Loads: idle.

import { fragment, pageOf } from "./html.js";
import { crossing } from "./models/days.js";
import { Waiting } from "./models/waiting.js";
import { StreamClient } from "./stream.js";
import { setWaiting } from "./title.js";

const AT_TOP = 24;
const LONGEST = 120;
const FRESH = 20_000;

class LiveNewsfeed extends HTMLElement {
  #abort = null;
  #client = null;
  #waiting = new Waiting();
  #address = location.href;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#button.addEventListener("click", () => this.#show(), { signal });
    document.addEventListener("visibilitychange", () => this.#showIfReady(), { signal });
    document.addEventListener("newsfeed-toggled", () => this.#showIfReady(), { signal });
    this.#scroller?.addEventListener("scroll", () => this.#showIfReady(), {
      signal,
      passive: true,
    });
    this.#listen();
  }

  disconnectedCallback() {
    this.#abort?.abort();
    this.#client?.close();
  }

  #listen() {
    this.#client = new StreamClient({
      url: this.getAttribute("stream") ?? "/-/stream",
      channels: [this.getAttribute("channel")],
      after: Number(this.getAttribute("after") ?? 0),
    });
    this.#client.on("story-published", ({ story, html }) => this.#arrive(String(story), html));
    this.#client.on("story-updated", ({ story, html }) => this.#change(String(story), html));
    this.#client.on("story-withdrawn", ({ story }) => this.#leave(String(story)));
    for (const event of ["story-published", "story-updated", "story-corrected", "story-withdrawn"]) {
      this.#client.on(event, (told) =>
        document.dispatchEvent(new CustomEvent("story-told", { detail: told })),
      );
    }
    this.#client.on("reset", () => this.#reload());
    this.#client.open();
  }

  get #list() {
    return this.querySelector("[data-lines]");
  }

  /** @returns {HTMLButtonElement} */
  get #button() {
    return this.querySelector("[data-new]");
  }

  get #scroller() {
    return this.closest("aside");
  }

  get #isReady() {
    const isOpen = document.documentElement.dataset.newsfeed !== "closed";
    return isOpen && !document.hidden && (this.#scroller?.scrollTop ?? 0) < AT_TOP;
  }

  #line(story) {
    return this.#list.querySelector(`[data-story="${CSS.escape(story)}"]`);
  }

  #arrive(story, html) {
    if (!html) return;
    if (this.#line(story)) return this.#change(story, html);
    this.#waiting.hold(story, html);
    this.#say(this.#waiting.count);
    this.#showIfReady();
    this.#count();
  }

  #change(story, html) {
    if (!html) return;
    if (this.#waiting.has(story)) this.#waiting.hold(story, html);
    else this.#line(story)?.replaceWith(fragment(html));
  }

  #leave(story) {
    if (this.#waiting.drop(story)) this.#count();
    this.#line(story)?.remove();
  }

  #showIfReady() {
    if (this.#waiting.count && this.#isReady) this.#show();
  }

  #show() {
    const hadFocus = document.activeElement === this.#button;
    for (const html of this.#waiting.take()) this.#insert(html);
    this.#count();
    if (hadFocus) this.#list.querySelector("a")?.focus({ preventScroll: true });
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  #insert(html) {
    const line = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
    if (!line) return;
    const heading = crossing(this.#list, line.dataset.day, document.documentElement.lang);
    if (heading) this.#list.prepend(heading);
    this.#list.querySelector(".feed-day")?.after(line);
    line.classList.add("is-new");
    setTimeout(() => line.classList.remove("is-new"), FRESH);
    while (this.#list.children.length > LONGEST) this.#list.lastElementChild.remove();
  }

  async #reload() {
    const answer = await fetch(this.#address, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = pageOf(await answer.text()).querySelector("[data-lines]");
    if (fresh) this.#list.replaceChildren(...fresh.children);
    this.#waiting.take();
    this.#count();
  }

  #count() {
    const { count } = this.#waiting;
    this.#button.hidden = count === 0;
    this.#button.textContent = this.dataset.newLabel.replace("{n}", String(count));
    setWaiting(count);
    const badge = document.querySelector("[data-newsfeed-toggle] [data-count]");
    if (badge) badge.textContent = count ? String(Math.min(count, 99)) + (count > 99 ? "+" : "") : "";
  }

  #say(count) {
    this.querySelector("[data-status]").textContent = this.dataset.statusLabel.replace("{n}", String(count));
  }
}

customElements.define("live-newsfeed", LiveNewsfeed);
