// The stories read one after another over a page, each as it was left: its nodes and how far it was read.

export class Shelf {
  #places = new Map();

  /** Keep what was shown at a depth. */
  keep(depth, place) {
    this.#places.set(depth, place);
  }

  /** Return what was left at a depth if it is the same story, and has not changed since. */
  at(depth, url) {
    const place = this.#places.get(depth);
    return place?.url === url ? place : undefined;
  }

  /** Forget what lies at a depth and above it: the reader went another way. */
  dropFrom(depth) {
    for (const known of [...this.#places.keys()]) {
      if (known >= depth) this.#places.delete(known);
    }
  }

  clear() {
    this.#places.clear();
  }

  /** Say whether a story was read on the way here. */
  hasRead(url) {
    return [...this.#places.values()].some((place) => place.url === url);
  }
}
