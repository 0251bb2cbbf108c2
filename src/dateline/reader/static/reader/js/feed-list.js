// The lines of the newsfeed while somebody can see them: new ones go in when the reader is at the top and
// looking, otherwise a button says how many wait; what was seen counts as read.
// Loads: when the drawer opens, or with the newsfeed's own page.

import { FeedMarks } from "./feed-marks.js";
import { FeedPage } from "./feed-page.js";
import { fragment } from "./html.js";
import { crossing } from "./models/days.js";
import { passes } from "./models/unread.js";
import { Waiting } from "./models/waiting.js";

const AT_TOP = 24;
const A_LOOK = 1_200; // milliseconds at the top of the lines until they count as seen
const { lang } = document.documentElement;
const numberOf = (line) => Number(line?.dataset.number);

export class FeedList {
  #host;
  #page;
  #waiting = new Waiting();
  #marks;
  /** Where the reader left, as long as the lines are looked at. */
  #left = null;
  #isReading = false;
  /** After "unread from here" nothing is read by itself until the reader comes back. */
  #isKept = false;
  #timer;

  constructor(host) {
    this.#host = host;
    this.#marks = new FeedMarks(host);
    this.#page = new FeedPage(host, () => this.#arrived());
    const look = () => this.look();
    this.#button.addEventListener("click", () => this.#insert(true));
    document.addEventListener("visibilitychange", look);
    (host.closest("aside") ?? document).addEventListener("scroll", look, { passive: true });
    host.addEventListener("click", (event) => this.#onClick(event));
    if (this.#page.isAway) this.reload();
    else this.#arrived();
  }

  get #ol() {
    return this.#host.querySelector("[data-lines]");
  }

  get #button() {
    return this.#host.querySelector("[data-new]");
  }

  get #lines() {
    return [...this.#ol.querySelectorAll("[data-story]")];
  }

  get #isOpen() {
    return this.#host.checkVisibility?.() ?? this.#host.offsetParent !== null;
  }

  get #isReady() {
    const scroller = this.#host.closest("aside");
    const isTop = scroller ? scroller.scrollTop < AT_TOP : this.#ol.getBoundingClientRect().top > 0;
    const isShut = scroller && document.documentElement.dataset.newsfeed === "closed";
    return !isShut && this.#isOpen && !document.hidden && isTop && !this.#page.isOld;
  }

  reload() {
    this.#waiting.take();
    return this.#page.load(this.#host.choice.query);
  }

  /** Lines are there, the first time or again. */
  #arrived() {
    this.#left = null;
    this.refresh();
    this.look();
  }

  /** The reader may have come to the top, gone, or come back. */
  look() {
    const isReady = this.#isReady;
    if (!isReady) return this.#rest();
    this.#insert(false);
    if (this.#isReading) return;
    this.#isReading = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#see(), A_LOOK);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#isReading = false;
    const isAway = document.hidden || !this.#isOpen;
    if (isAway) this.#isKept = false;
    if (!this.#isOpen) this.#left = null;
  }

  #see() {
    this.#isReading = false;
    const newest = Math.max(...this.#lines.map(numberOf).filter(Boolean));
    if (!this.#isKept && newest > this.#host.unread.cursor) this.#host.mark((unread) => unread.see(newest));
  }

  /** The stream spoke of a story. */
  tell(story, row, html) {
    const line = this.#ol.querySelector(`[data-story="${story}"]`);
    this.#page.tell(story, row, html);
    if (!row || !passes(row, this.#page.filter)) {
      this.#waiting.drop(story);
      line?.remove();
    } else if (numberOf(line) === row[0]) line.replaceWith(fragment(html));
    else this.#place(story, row, html, line);
    this.refresh();
  }

  #place(story, [number], html, line) {
    line?.remove();
    const below = this.#lines.find((one) => numberOf(one) < number);
    if (below && below !== this.#lines[0]) return below.before(fragment(html));
    if (this.#page.isOld || (!below && this.#lines.length)) return;
    this.#waiting.hold(story, html);
    this.#isReading = false;
    this.look();
  }

  #insert(isAsked) {
    if (!this.#waiting.count || !(isAsked || this.#isReady)) return this.#countWaiting();
    const hadFocus = document.activeElement === this.#button;
    for (const html of this.#waiting.take()) this.#prepend(html);
    this.refresh();
    if (hadFocus) this.#ol.querySelector("a")?.focus({ preventScroll: true });
    if (isAsked) this.#toTop();
  }

  #toTop() {
    const scroller = this.#host.closest("aside");
    if (scroller) scroller.scrollTop = 0;
    else this.#host.parentElement.scrollIntoView();
    this.look();
  }

  #prepend(html) {
    const line = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
    this.#host.querySelector("[data-feed-older] .feed-empty")?.remove();
    const heading = crossing(this.#ol, line.dataset.day, lang);
    if (heading) this.#ol.prepend(heading);
    this.#ol.querySelector(".feed-day")?.after(line);
  }

  #countWaiting() {
    const { count } = this.#waiting;
    this.#button.hidden = count === 0;
    this.#button.textContent = this.#host.dataset.newLabel.replace("{n}", String(count));
  }

  /** Show what is unread, where the reader left, and how many wait. */
  refresh() {
    if (this.#page.query !== this.#host.choice.query && !this.#page.isOwn) return this.reload();
    this.#countWaiting();
    this.#left ??= this.#host.unread.cursor;
    this.#marks.show(this.#lines, this.#left);
  }

  #onClick({ target }) {
    const line = target.closest("[data-unread-from]")?.closest("[data-number]");
    if (line) {
      this.#isKept = true;
      this.#host.mark((unread) => unread.unreadFrom(numberOf(line)));
    }
    if (target.closest("[data-read-all]")) this.#host.mark((unread) => unread.readAll());
    if (target.closest("[data-everything]")) this.#host.choose("");
  }
}
