// The posts of a coverage in the page: where each stands, what is pinned, the key events, the days.

import { fragment } from "./html.js";
import { compare, indexFor } from "./models/coverage.js";
import { headDays } from "./models/days.js";

const FRESH = 20_000; // milliseconds a new post is marked

/** What a coverage shows, as its element holds it. */
export class CoverageList {
  #root;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @returns {HTMLElement} */
  get list() {
    return this.#root.querySelector("[data-posts]");
  }

  /** Whether the page is the one the coverage begins with. */
  get isFirst() {
    return "first" in this.#root.dataset;
  }

  get posts() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-post]")]);
  }

  /** Return a post of the page, pinned or in the list. @returns {HTMLElement | null} */
  post(key) {
    return this.#root.querySelector(`[data-post="${CSS.escape(key)}"]`);
  }

  /** Return where a post belongs in the list, and how many stand in it. */
  where(place) {
    const places = this.posts.map((post) => post.dataset.place);
    const hasMore = this.#root.querySelector("[data-older] .older") !== null;
    const { order } = this.#root.dataset;
    return {
      index: indexFor(place, { places, order, isFirst: this.isFirst, hasMore }),
      count: places.length,
    };
  }

  /** Put a new post into the list. */
  put({ html, place }) {
    const { index } = this.where(place);
    if (index < 0) return;
    const post = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
    this.list.insertBefore(post, this.posts[index] ?? null);
    post.classList.add("is-new");
    setTimeout(() => post.classList.remove("is-new"), FRESH);
    this.#tidy();
  }

  /** Put a changed post where it stands now: on top, in the list, or nowhere on this page. */
  change(told) {
    const old = this.post(told.post);
    const wasPinned = old?.closest("[data-pinned]");
    if (old && !wasPinned && !told.pinned) return old.replaceWith(fragment(told.html));
    old?.remove();
    if (told.pinned) this.#root.querySelector("[data-pinned]")?.replaceChildren(fragment(told.html));
    else this.put(told);
    this.#tidy();
  }

  /** Take a post away, from the index of key events too. */
  remove(key) {
    this.post(key)?.remove();
    this.#keyOf(key)?.remove();
    this.#tidy();
  }

  /** Keep the index of key events as told: a line more, changed, or gone. */
  index({ post, key }) {
    const list = this.#root.querySelector("[data-keys] ol");
    if (!list) return;
    this.#keyOf(post)?.remove();
    if (key) {
      const line = /** @type {HTMLElement} */ (fragment(key).firstElementChild);
      const lines = /** @type {HTMLElement[]} */ ([...list.children]);
      const older = lines.find((other) => compare(line.dataset.place, other.dataset.place) > 0);
      list.insertBefore(line, older ?? null);
    }
    this.#tidy();
  }

  #keyOf(key) {
    return this.#root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  /** Hide what holds nothing, and head each day. */
  #tidy() {
    const hide = (name, isEmpty) => this.#root.querySelector(name)?.toggleAttribute("hidden", isEmpty);
    hide("[data-keys]", !this.#root.querySelector("[data-key]"));
    hide("[data-pinned]", !this.#root.querySelector("[data-pinned] [data-post]"));
    hide("[data-empty]", this.posts.length > 0);
    headDays(this.list, this.posts, document.documentElement.lang);
  }
}
