// <story-actions>: save, share and print the story it stands in.
// Loads: idle.

import { keepTelling, storyOf } from "./saved-here.js";

class StoryActions extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    keepTelling(this.querySelector("[data-save]"), this.#story.dataset.story, signal);
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  /** @returns {HTMLElement} */
  get #story() {
    return this.closest("article.story");
  }

  async #onClick({ target }) {
    if (target.closest("[data-save]")) await (await import("./saving.js")).toggle(storyOf(this.#story));
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-share]")) await this.#share(target);
  }

  async #share(button) {
    const { headline, id } = storyOf(this.#story);
    const { share } = await import("./dialogs.js");
    await share(button, { title: headline, url: `${location.origin}/s/${id}` });
  }
}

customElements.define("story-actions", StoryActions);
