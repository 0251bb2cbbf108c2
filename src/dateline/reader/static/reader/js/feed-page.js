// Where the lines of the newsfeed come from: the page they stand in, or the newsfeed's own page, fetched.
// Loads: with feed-list.js.

import { fragment, pageOf } from "./html.js";
import { part } from "./parts.js";

const [A_MOMENT, A_WORD] = [150, 1_000];
const AHEAD = "400px";

export class FeedPage {
  #host;
  #arrived;
  #told = null;
  #watch;
  query = "";

  /** `arrived` is called when other lines stand there. */
  constructor(host, arrived) {
    this.#host = host;
    this.#arrived = arrived;
    this.#watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && this.#older(),
      {
        rootMargin: AHEAD,
      },
    );
    host.addEventListener("click", (event) => {
      if (!event.target.closest("a.feed-more") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#older();
    });
    this.#watchOlder();
  }

  /** Whether the lines are still to be fetched. */
  get isAway() {
    return !this.#host.dataset.shows;
  }

  /** Whether it is the newsfeed's own page, whose address says what it shows. */
  get isOwn() {
    return !this.#host.closest("aside");
  }

  get isOld() {
    return this.#host.dataset.shows === "older";
  }

  get filter() {
    if (!this.isOwn) return this.#host.unread.filter;
    const filter = JSON.parse(this.#host.dataset.filter || "null");
    return filter && Object.keys(filter).length ? filter : null;
  }

  get #ol() {
    return this.#host.querySelector("[data-lines]");
  }

  get #foot() {
    return this.#host.querySelector("[data-feed-older]");
  }

  /** Fetch the newest lines that pass a filter in place of what stands there. */
  async load(query) {
    this.query = query;
    this.#told = new Map();
    const page = await this.#fetched(`${this.#host.getAttribute("home")}${query && `?${query}`}`, () =>
      this.load(query),
    );
    if (!page || this.query !== query) return;
    this.#ol.replaceChildren(...page.querySelector("[data-lines]").children);
    this.#foot.replaceChildren(...page.querySelector("[data-feed-older]").children);
    if (query && !this.#ol.children.length) this.#foot.replaceChildren(await part("feed-none"));
    this.#host.dataset.shows = query ? "chosen" : "newest";
    import("./relative-time.js");
    for (const [story, html] of this.#told) this.#change(story, html);
    this.#told = null;
    this.#watchOlder();
    this.#arrived();
  }

  /** What is told while lines are on their way counts for them too. */
  tell(story, row, html) {
    this.#told?.set(story, row ? html : null);
  }

  #change(story, html) {
    const line = this.#ol.querySelector(`[data-story="${story}"]`);
    if (html) line?.replaceWith(fragment(html));
    else line?.remove();
  }

  async #older() {
    const link = this.#foot.querySelector("a.feed-more");
    if (!link || this.#foot.ariaBusy === "true") return;
    const page = await this.#fetched(link.href, () => this.#older());
    if (!page) return;
    const known = new Set([...this.#ol.querySelectorAll("[data-story]")].map((line) => line.dataset.story));
    const last = [...this.#ol.querySelectorAll(".feed-day")].at(-1)?.dataset.day;
    const fresh = [...page.querySelector("[data-lines]").children].filter(
      ({ dataset }) => !known.has(dataset.story) && (dataset.story || dataset.day !== last),
    );
    this.#ol.append(...fresh);
    this.#foot.replaceChildren(...page.querySelector("[data-feed-older]").children);
    this.#watchOlder();
    this.#arrived();
  }

  #watchOlder() {
    this.#watch.disconnect();
    const link = this.#foot.querySelector("a.feed-more");
    if (link && !this.isAway && !this.isOwn) this.#watch.observe(link);
  }

  /** Fetch a page, with signs of waiting and, when it fails, an offer to try again. */
  async #fetched(url, again) {
    this.#foot.ariaBusy = "true";
    const timer = setTimeout(() => this.#wait(), A_MOMENT);
    const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
    clearTimeout(timer);
    this.#foot.ariaBusy = "false";
    this.#foot.querySelector(".feed-waiting")?.remove();
    this.#foot.querySelector("[role=alert]")?.remove();
    if (answer?.ok) return pageOf(await answer.text());
    if (answer?.status === 404) return this.#host.choose("");
    const line = await part("feed-failed").catch(() => null);
    line?.querySelector("[data-retry]").addEventListener("click", again);
    if (line) this.#foot.append(line);
    return null;
  }

  async #wait() {
    const waiting = await part("feed-waiting");
    if (this.#foot.ariaBusy === "true") this.#foot.append(waiting);
    setTimeout(() => {
      waiting.querySelector("[data-words]").hidden = false;
    }, A_WORD - A_MOMENT);
  }
}
