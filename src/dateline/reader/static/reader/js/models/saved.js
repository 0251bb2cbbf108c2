// The stories a reader saved, as this browser remembers them: newest first.

const NAME = "dateline:saved";

/** @typedef {{ id: string, url: string, headline: string, kicker: string, at: string, saved: number }} SavedStory */

export class Saved {
  #storage;

  /** @param {Pick<Storage, "getItem" | "setItem">} storage */
  constructor(storage) {
    this.#storage = storage;
  }

  /** All saved stories, those saved last first. @returns {SavedStory[]} */
  get all() {
    try {
      const found = JSON.parse(this.#storage.getItem(NAME) ?? "[]");
      return Array.isArray(found) ? found.sort((one, other) => other.saved - one.saved) : [];
    } catch {
      return [];
    }
  }

  has(id) {
    return this.all.some((story) => story.id === id);
  }

  /** Add a story, or what is new about it; false where the browser keeps nothing. @param {SavedStory} story */
  add(story) {
    return this.#keep([story, ...this.all.filter(({ id }) => id !== story.id)]);
  }

  remove(id) {
    return this.#keep(this.all.filter((story) => story.id !== id));
  }

  #keep(stories) {
    try {
      this.#storage.setItem(NAME, JSON.stringify(stories));
      return true;
    } catch {
      return false;
    }
  }
}
