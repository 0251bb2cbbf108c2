// Stories read one after another without a click: near the end of one the next is fetched, and it is
// added below when the reader scrolls on. Whichever is read gives the dialog its address and title.

import { fetchAhead, storyPage } from "./story-pages.js";

const MOST = 8; // stories after the first; then the next is a link again
const AHEAD = "600px"; // before the end of a story
const PAST = 8; // pixels: the reader is past the link to it, at the very end
const READ_FROM = 0.4; // of the height of the dialog: what begins above this line is what is read

/** @typedef {{ url: string, title: string, journal: number, crumbs: Node[] }} Place */

/** Return what stays where the link to the next story was: a line with its word. */
function line(nav) {
  const left = document.createElement("div");
  left.className = nav.className;
  left.append(nav.querySelector("p"));
  return left;
}

export class StoryChain {
  #hooks;
  #dialog;
  /** @type {WeakMap<Element, Place>} */ #places = new WeakMap();
  /** @type {Element | null} */ #current = null;
  /** @type {IntersectionObserver | null} */ #observer = null;
  #life = new AbortController();
  #due = 0;

  /**
   * `add` puts a fetched story below the others and returns its article; `enter` is told what is read now.
   * @param {any} dialog
   * @param {{ add: (found: any) => Promise<Element | null>, enter: (place: Place) => void }} hooks
   */
  constructor(dialog, hooks) {
    this.#dialog = dialog;
    this.#hooks = hooks;
  }

  /** Begin with the first story of the dialog, or go on where the reader left. */
  begin(/** @type {Place} */ place) {
    this.stop();
    this.#life = new AbortController();
    const [first] = this.#articles;
    if (first && !this.#places.has(first)) this.#places.set(first, place);
    this.#current = this.#articles.find((one) => this.#places.get(one)?.url === place.url) ?? first ?? null;
    const { signal } = this.#life;
    this.#dialog.scroller.addEventListener("scroll", () => this.#look(), { signal, passive: true });
  }

  stop() {
    this.#life.abort();
    this.#observer?.disconnect();
    cancelAnimationFrame(this.#due);
    this.#due = 0;
  }

  /** Say whether a story is one of these. */
  has(/** @type {string} */ url) {
    return this.#articles.some((one) => this.#places.get(one)?.url === url);
  }

  /** Wait for the reader to come to the end, where a link to the next story stands. @param {Element} nav */
  await(nav) {
    this.#observer?.disconnect();
    if (this.#articles.length > MOST) return;
    const link = /** @type {HTMLAnchorElement} */ (nav.querySelector("a"));
    const { signal } = this.#life;
    const root = this.#dialog.scroller;
    const near = new IntersectionObserver(([seen]) => seen?.isIntersecting && fetchAhead(link.href), {
      root,
      rootMargin: `0px 0px ${AHEAD}`,
    });
    near.observe(nav);
    this.#observer = near;
    const atEnd = () => {
      if (root.scrollTop + root.clientHeight < root.scrollHeight - PAST) return;
      root.removeEventListener("scroll", atEnd);
      near.disconnect();
      void this.#add(nav, link, signal);
    };
    root.addEventListener("scroll", atEnd, { signal, passive: true });
  }

  /** Add the next story; one that does not come leaves its link where it is. */
  async #add(nav, link, signal) {
    const found = await storyPage(link.href, signal).catch(() => null);
    if (!found || signal.aborted || !found.page.querySelector("article.story")) return;
    const place = {
      url: link.href,
      title: found.page.title,
      journal: found.journal,
      crumbs: [...found.page.querySelectorAll(".crumbs")],
    };
    const hadFocus = nav.contains(document.activeElement);
    const article = await this.#hooks.add(found);
    if (!article) return;
    this.#places.set(article, place);
    nav.replaceWith(line(nav));
    if (hadFocus) this.#focus(article);
  }

  #focus(article) {
    const head = article.querySelector("h1");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  /** @returns {Element[]} */
  get #articles() {
    return [...this.#dialog.body.querySelectorAll("article.story")];
  }

  #look() {
    this.#due ||= requestAnimationFrame(() => {
      this.#due = 0;
      const { top, height } = this.#dialog.scroller.getBoundingClientRect();
      const line = top + height * READ_FROM;
      const begun = this.#articles.filter((one) => one.getBoundingClientRect().top <= line);
      const read = begun.at(-1) ?? this.#articles[0];
      const place = read && this.#places.get(read);
      if (!place || read === this.#current) return;
      this.#current = read;
      this.#hooks.enter(place);
    });
  }
}
