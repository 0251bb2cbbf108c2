// What of the newsfeed is unread: announced after the reader's cursor, visible, and passing the filter.
// Numbers are the journal's. All lines above the floor are known; where the floor is above the cursor,
// older lines must be fetched before the count is exact.

/** A line: number, story, sections, kind, topics, language, urgency.
 * @typedef {[number, number, number[], string, number[], string, number]} Row
 * @typedef {{ section?: number, kind?: string, topic?: number, language?: string }} Filter
 * @typedef {{ journal: number, floor: number, lines: Row[] }} Index */

/** Say whether a line passes a filter. @param {Row} row @param {Filter | null} filter */
export function passes([, , sections, kind, topics, language], filter) {
  if (!filter) return true;
  if (filter.section !== undefined && !sections.includes(filter.section)) return false;
  if (filter.kind !== undefined && kind !== filter.kind) return false;
  if (filter.topic !== undefined && !topics.includes(filter.topic)) return false;
  return filter.language === undefined || language === filter.language;
}

export class Unread {
  /** @type {Map<number, Row>} */ #rows = new Map();
  /** @type {Map<number, Row | null>} */ #told = new Map();
  #floor = Number.POSITIVE_INFINITY;
  /** The number up to which all is read; null before the first visit. @type {number | null} */
  cursor;
  /** @type {Filter | null} */
  filter = null;

  constructor(cursor = null) {
    this.cursor = cursor;
  }

  /** Begin with the newest lines; what was told since they were asked for goes on top. @param {Index} index */
  start({ journal, floor, lines }) {
    this.#rows = new Map(lines.map((row) => [row[1], row]));
    this.#floor = floor;
    for (const [story, row] of this.#told) this.#put(story, row);
    this.cursor ??= Math.max(journal, ...lines.map(([number]) => number));
  }

  /** Add the lines below the floor. @param {{ floor: number, lines: Row[] }} index */
  add({ floor, lines }) {
    this.#floor = floor;
    for (const row of lines) this.#put(row[1], this.#told.has(row[1]) ? this.#told.get(row[1]) : row);
  }

  /** The stream spoke of a story: its line as it is now, null if it has none. */
  tell(/** @type {number} */ story, /** @type {Row | null} */ row) {
    this.#told.set(story, row);
    this.#put(story, row);
  }

  #put(story, row) {
    if (row && row[0] > this.#floor) this.#rows.set(story, row);
    else this.#rows.delete(story);
  }

  /** The stream cannot say what happened meanwhile: begin again. */
  forget() {
    this.#told.clear();
    this.#floor = Number.POSITIVE_INFINITY;
  }

  get hasBegun() {
    return this.#floor !== Number.POSITIVE_INFINITY;
  }

  /** The number below which lines are wanting, null when the count is exact. */
  get wants() {
    return this.hasBegun && this.#floor > this.cursor ? this.#floor + 1 : null;
  }

  isUnread(/** @type {Row} */ row) {
    return row[0] > this.cursor && passes(row, this.filter);
  }

  get count() {
    let count = 0;
    for (const row of this.#rows.values()) if (this.isUnread(row)) count += 1;
    return count;
  }

  row(/** @type {number} */ story) {
    return this.#rows.get(story);
  }

  /** A line was seen: it and all before it are read. */
  see(/** @type {number} */ number) {
    this.cursor = Math.max(this.cursor ?? 0, number);
  }

  /** Whatever there is counts as read, also what the filter hides. */
  readAll() {
    for (const [number] of this.#rows.values()) this.see(number);
  }

  /** Whatever is as new as a line counts as unread. */
  unreadFrom(/** @type {number} */ number) {
    this.cursor = number - 1;
  }
}
