// The posts on the screen: in which lane, in which order, and which of them is being edited.

import { Kept } from "./models/kept.js";
import { goneFrom, placeOf } from "./models/lanes.js";
import { askElement, element } from "./request.js";
import { keepTyped } from "./typed.js";

const facts = (post) => ({ number: post.dataset.post, order: post.dataset.order, lane: post.dataset.in });

export class Board {
  #root;
  #words;
  #name;

  constructor(root, words, name) {
    this.#root = root;
    this.#words = words;
    this.#name = name;
  }

  /** Show what became of a post: its line as HTML, or null where it is gone. */
  apply(number, html, { isMine = false } = {}) {
    const shown = this.#post(number);
    if (shown?.querySelector("[data-editing]") && !isMine) {
      this.#note(shown);
      return;
    }
    const post = html === null ? null : element(html);
    if (post && shown?.dataset.mark === post.dataset.mark) return;
    const isHere = shown?.contains(document.activeElement);
    shown?.remove();
    if (!post) return;
    const lane = this.#root.querySelector(`[data-lane="${post.dataset.in}"]`);
    if (!lane || (!shown && !isMine && this.#isOlderScreen(post))) return;
    const rows = /** @type {HTMLElement[]} */ ([...lane.children]);
    const at = placeOf(
      rows.map((row) => row.dataset.order),
      post.dataset.order,
    );
    lane.insertBefore(post, rows[at] ?? null);
    post.classList.toggle("is-new", !shown && !isMine);
    if (isHere) post.focus({ preventScroll: true });
  }

  /** Show all posts as the server told them. */
  applyAll(posts) {
    const told = Object.values(posts).map((html) => facts(element(/** @type {string} */ (html))));
    const shown = [...this.#root.querySelectorAll("[data-post]")].map(facts);
    for (const number of goneFrom(shown, told)) this.apply(number, null);
    for (const [number, html] of Object.entries(posts)) this.apply(number, html);
  }

  /** Open the forms of a post in its place; what was typed there before comes back. */
  async edit(number, url) {
    if (this.#post(number)?.querySelector("[data-editing]")) return;
    const form = /** @type {HTMLFormElement | null} */ (await askElement(url));
    const post = this.#post(number);
    if (!form || !post || post.querySelector("[data-editing]")) return;
    keepTyped(form, this.keptOf(number));
    post.append(form);
    post.classList.add("is-editing");
    /** @type {HTMLTextAreaElement} */ (form.querySelector("[data-text]")).focus();
  }

  /** Close the forms of a post, and forget what was typed there. */
  leave(number) {
    this.keptOf(number).drop();
    const post = this.#post(number);
    post?.querySelector("[data-editing]")?.remove();
    post?.classList.remove("is-editing");
    post?.focus({ preventScroll: true });
  }

  /** Open again what was being edited when the page was left. */
  resume() {
    for (const post of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("[data-post]"))) {
      const link = /** @type {HTMLAnchorElement | null} */ (post.querySelector("[data-edit]"));
      if (link && this.keptOf(post.dataset.post).read()) this.edit(post.dataset.post, link.href);
    }
  }

  keptOf(number) {
    return new Kept(localStorage, `${this.#name}:edit:${number}`);
  }

  #isOlderScreen(post) {
    return post.dataset.in === "published" && new URLSearchParams(location.search).has("before");
  }

  #note(post) {
    const note = post.querySelector("[data-note]");
    note.textContent = this.#words.changed;
    note.hidden = false;
  }

  #post(number) {
    return /** @type {HTMLElement | null} */ (
      this.#root.querySelector(`[data-post="${CSS.escape(number)}"]`)
    );
  }
}
