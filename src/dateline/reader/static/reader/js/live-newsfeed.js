// <live-newsfeed channel after stream home>: counts what is unread and keeps the lines as new as the journal.
// The counter works on every page; the lines are looked after by feed-list.js when somebody can see them.
// Loads: when the page has settled.

import { jsonAt } from "./asked.js";
import { readChoice } from "./models/feed-choice.js";
import { Preference } from "./models/preference.js";
import { Unread } from "./models/unread.js";
import { StreamClient } from "./stream.js";

const AGAIN = 30_000; // milliseconds until what could not be fetched is asked for again
const TOLD = ["story-published", "story-updated", "story-withdrawn"];

class LiveNewsfeed extends HTMLElement {
  #abort = new AbortController();
  #client = null;
  #list = null;
  #shown = null;
  #asking = false;
  #choice = new Preference(`newsfeed-filter:${this.edition}`);
  #cursor = new Preference(`newsfeed-read:${this.edition}`);
  unread = new Unread();

  connectedCallback() {
    const { signal } = this.#abort;
    this.#takeKept();
    window.addEventListener("storage", ({ key }) => key?.includes("newsfeed-") && this.#takeKept(), {
      signal,
    });
    document.addEventListener("newsfeed-toggled", () => this.#bringList(), { signal });
    this.#begin();
    this.#bringList();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#client?.close();
  }

  get edition() {
    return this.getAttribute("channel").split(":")[1];
  }

  /** What the reader narrowed the newsfeed to. */
  get choice() {
    return readChoice(this.#choice.value);
  }

  choose(text) {
    this.#choice.value = text;
    this.#takeKept();
  }

  /** Cursor and filter as any tab left them. */
  #takeKept() {
    const kept = Number.parseInt(this.#cursor.value, 10);
    if (!Number.isNaN(kept)) this.unread.cursor = kept;
    this.unread.filter = this.choice.filter;
    this.#list?.refresh();
    this.#complete();
  }

  /** Change the cursor by what happened to it, for all tabs. */
  mark(change) {
    change(this.unread);
    this.#cursor.value = String(this.unread.cursor);
    this.#list?.refresh();
    this.#complete();
  }

  async #begin() {
    const hasAll = this.dataset.shows === "newest";
    const index = hasAll ? this.#linesHere(Number(this.getAttribute("after"))) : await this.#fetchIndex();
    this.#start(index);
    this.#listen(index.journal);
  }

  #start(index) {
    this.unread.start(index);
    this.mark(() => {});
  }

  #linesHere(journal) {
    const lines = [...this.querySelectorAll("[data-number]")].map((line) =>
      rowOf(/** @type {HTMLElement} */ (line)),
    );
    return { journal, lines, floor: this.querySelector("a.feed-more") ? lines.at(-1)[0] - 1 : 0 };
  }

  async #fetchIndex(before = null) {
    const url = `${this.getAttribute("home")}index.json${before === null ? "" : `?before=${before}`}`;
    for (;;) {
      const index = await jsonAt(url);
      if (index) return index;
      await online();
    }
  }

  /** Fetch what is missing for the count to be exact, then show it. */
  async #complete() {
    const { wants } = this.unread;
    if (wants === null) return this.#show();
    if (this.#asking) return;
    this.#asking = true;
    const index = await this.#fetchIndex(wants);
    this.#asking = false;
    if (this.unread.wants === wants) this.unread.add(index); // else it began anew meanwhile
    this.#complete();
  }

  #listen(after) {
    this.#client = new StreamClient({
      url: this.getAttribute("stream"),
      channels: [this.getAttribute("channel")],
      after,
    });
    for (const event of TOLD) this.#client.on(event, (told) => this.#hear(event, told));
    this.#client.on("reset", () => this.#reset());
    this.#client.open();
  }

  #hear(event, told) {
    this.unread.tell(told.story, told.row ?? null);
    this.#list?.tell(told.story, told.row ?? null, told.html);
    this.#complete();
    document.dispatchEvent(new CustomEvent("story-told", { detail: { ...told, event } }));
  }

  async #reset() {
    this.unread.forget();
    this.#list?.reload();
    this.#start(await this.#fetchIndex());
  }

  async #bringList() {
    const isPage = !this.closest("aside");
    if (this.#list || !(isPage || document.documentElement.dataset.newsfeed !== "closed"))
      return this.#list?.look();
    const { FeedList } = await import("./feed-list.js");
    this.#list ??= new FeedList(this);
  }

  async #show() {
    const { count } = this.unread;
    const before = this.#shown ?? count;
    this.#shown = count;
    if (count || before) (await import("./newsfeed-count.js")).showCount(this, this.unread.count, before);
  }
}

/** Return a line as counters know it, from its element. */
function rowOf({ dataset }) {
  const numbers = (text) => (text ? text.split(" ").map(Number) : []);
  const facets = [numbers(dataset.sections), dataset.kind, numbers(dataset.topics), dataset.language ?? ""];
  return [Number(dataset.number), Number(dataset.story), ...facets, 0];
}

const online = () =>
  new Promise((again) => {
    const timer = setTimeout(again, AGAIN);
    window.addEventListener("online", () => again(clearTimeout(timer)), { once: true });
  });

customElements.define("live-newsfeed", LiveNewsfeed);
