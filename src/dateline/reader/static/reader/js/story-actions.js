// <story-actions>: save, share and print the story it stands in.
// Loads: idle; a button pressed before that brings it along.

import { keepTelling, storyOf } from "./saved-here.js";

class StoryActions extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    keepTelling(this.querySelector("[data-save]"), storyAround(this).dataset.story, this.#abort.signal);
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }
}

/** @returns {HTMLElement} */
const storyAround = (node) => node.closest("article.story");

/** Do what a button is for. @param {HTMLElement} button */
export async function act(button) {
  const story = storyOf(storyAround(button));
  if (button.matches("[data-save]")) await (await import("./saving.js")).toggle(story);
  if (button.matches("[data-print]")) window.print();
  if (button.matches("[data-share]")) await share(button, story);
}

async function share(button, { headline, id }) {
  const dialogs = await import("./dialogs.js");
  await dialogs.share(button, { title: headline, url: `${location.origin}/s/${id}` });
}

customElements.define("story-actions", StoryActions);
