// Lines that wait until the reader is ready for them: newest first, one per story.

export class Waiting {
  #lines = new Map();

  get count() {
    return this.#lines.size;
  }

  has(story) {
    return this.#lines.has(story);
  }

  hold(story, line) {
    this.#lines.set(story, line);
  }

  drop(story) {
    return this.#lines.delete(story);
  }

  /** Hand out the lines in the order they came, and forget them. */
  take() {
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    return lines;
  }
}
