// <saved-stories>: the list of the stories saved in this browser.
// Loads: at once.

import { saved } from "./saved-here.js";
import { refresh, remove, save } from "./saving.js";

class SavedStories extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#list.replaceChildren(...saved.all.map((story) => this.#row(story, signal)));
    document.addEventListener("saved-changed", () => this.#showEmpty(), { signal });
    window.addEventListener("online", () => void this.#lookAfter(), { signal });
    this.#showEmpty();
    this.#lookAfter();
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  get #list() {
    return this.querySelector("[data-list]");
  }

  #row(story, signal) {
    const row = /** @type {any} */ (this.querySelector("template").content.cloneNode(true)).firstElementChild;
    row.dataset.story = story.id;
    const link = row.querySelector("a");
    link.href = story.url;
    link.textContent = story.headline;
    row.querySelector("[data-kicker]").textContent = story.kicker;
    this.#showDay(row.querySelector("[data-at]"), story.at);
    const [put, undo] = [row.querySelector("[data-remove]"), row.querySelector("[data-undo]")];
    const mark = (isRemoved) => {
      row.classList.toggle("is-removed", isRemoved);
      put.hidden = isRemoved;
      undo.hidden = !isRemoved;
      (isRemoved ? undo : put).focus();
    };
    put.addEventListener("click", () => this.#after(remove(story), put.dataset.done, mark, true), { signal });
    undo.addEventListener("click", () => this.#after(save(story), "", mark, false), { signal });
    return row;
  }

  #after(work, word, mark, isRemoved) {
    mark(isRemoved);
    this.#say(word);
    work.catch(() => undefined);
  }

  #showDay(time, at) {
    if (!at) return time.remove();
    const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });
    time.dateTime = at;
    time.textContent = words.format(new Date(at));
  }

  /** Take out what the newsroom has withdrawn meanwhile, and say so. */
  async #lookAfter() {
    if (!navigator.onLine) return;
    for (const story of await refresh()) {
      this.#list.querySelector(`[data-story="${CSS.escape(story.id)}"]`)?.remove();
      this.#say(this.dataset.withdrawn.replace("{headline}", story.headline));
      this.#showWithdrawn(story);
    }
    this.#showEmpty();
  }

  #showWithdrawn(story) {
    const line = document.createElement("p");
    line.className = "saved-withdrawn";
    line.textContent = this.dataset.withdrawn.replace("{headline}", story.headline);
    this.#list.before(line);
  }

  #showEmpty() {
    const isEmpty = this.#list.children.length === 0;
    /** @type {HTMLElement} */ (this.querySelector("[data-empty]")).hidden = !isEmpty;
    /** @type {HTMLElement} */ (this.querySelector("[data-note]")).hidden = isEmpty;
  }

  #say(text) {
    this.querySelector("[data-status]").textContent = text;
  }
}

customElements.define("saved-stories", SavedStories);
