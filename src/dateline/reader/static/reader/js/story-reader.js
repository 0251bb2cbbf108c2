// Opens stories over the page they were opened from: own address, own title, Back closes.
// Loads: on touch of a link to a story.

import { above, cover, moveOver, push } from "./history.js";
import { savesData } from "./models/preference.js";
import { Shelf } from "./models/shelf.js";
import { edition, part, parts } from "./parts.js";
import { StoryChain } from "./story-chain.js";
import { StoryDialog } from "./story-dialog.js";
import { fetchAhead, NotFetched, storyPage } from "./story-pages.js";
import { watchStory } from "./story-watch.js";
import { setTitle, titleWords } from "./title.js";

const UPDATE_WAITS = [0, 1000, 3000]; // milliseconds before each look at a story told of
const A_MOMENT = 150; // milliseconds in which nothing shows that a story is awaited

/** Fetch what opening a story needs, and the story, before it is asked for. */
export function warm(url) {
  fetchAhead(url);
  parts().catch(() => undefined);
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class StoryReader {
  /** @type {StoryDialog} */ #dialog;
  /** @type {HTMLElement} */ #opener;
  /** @type {StoryChain} */ #chain;
  #shelf = new Shelf();
  #errand = new AbortController();
  #shown = { url: "", depth: 0, title: "" };
  #title = "";
  #isLeaving = false;
  #unwatch = () => {};

  /** Open the story of a link. */
  async open(link) {
    if (!this.#dialog?.isOpen) this.#opener = link;
    const depth = above() + 1;
    await this.#go(link.href, depth, link.textContent.trim(), () => {
      this.#shelf.dropFrom(depth);
      push(link.href);
    });
  }

  /** Show the story of a history entry, which the browser is at already. */
  async show(url, depth) {
    this.#isLeaving = false;
    if (this.#dialog?.isOpen && this.#shown.url === url && this.#shown.depth === depth) return;
    await this.#go(url, depth, "", () => {});
  }

  /** Close: the browser is back at the page. */
  leave() {
    this.#errand.abort();
    this.#unwatch();
    this.#chain?.stop();
    this.#isLeaving = false;
    if (!this.#dialog?.isOpen) return;
    this.#dialog.close();
    this.#shelf.clear();
    setTitle(this.#title);
    this.#giveFocusBack();
  }

  /** Leave as the reader asked: by history, so that Forward opens the story again. */
  #close() {
    if (this.#isLeaving || !this.#dialog.isOpen) return;
    this.#isLeaving = true;
    if (above() > 0) history.go(-above());
    else this.leave();
  }

  async #go(url, depth, label, arrive) {
    this.#errand.abort();
    this.#errand = new AbortController();
    const { signal } = this.#errand;
    cover(this);
    const coming = this.#known(depth, url) ?? storyPage(url, signal);
    Promise.resolve(coming).catch(() => undefined);
    this.#dialog ??= await StoryDialog.make(() => this.#close());
    this.#chain ??= new StoryChain(this.#dialog, {
      add: (found) => this.#add(found),
      enter: (place) => this.#enter(place),
    });
    const isSoon = await Promise.race([Promise.resolve(coming).then(Boolean, Boolean), later(A_MOMENT)]);
    if (signal.aborted) return;
    this.#leaveShown();
    arrive();
    if (!isSoon) await this.#dialog.wait(label || titleWords());
    await this.#arrive(url, depth, coming, signal);
  }

  async #arrive(url, depth, coming, signal) {
    this.#shown = { url, depth, title: "" };
    try {
      const story = await coming;
      if (signal.aborted) return;
      if (story.nodes) this.#showAgain(story);
      else this.#showPage(story, url);
    } catch (error) {
      if (!signal.aborted) await this.#fail(error, url, depth);
    }
  }

  #known(depth, url) {
    return this.#dialog?.isOpen ? this.#shelf.at(depth, url) : undefined;
  }

  /** Put what is shown away, if anything is, before something else takes its place. */
  #leaveShown() {
    this.#unwatch();
    this.#chain.stop();
    if (!this.#dialog.isOpen) this.#title = titleWords();
    else if (this.#shown.title)
      this.#shelf.keep(this.#shown.depth, { ...this.#shown, ...this.#dialog.view() });
  }

  #showPage({ page, journal }, url) {
    const isFirst = !this.#dialog.isOpen;
    this.#setTitle(page.title);
    const next = this.#nextIn(page);
    const headline = this.#dialog.showPage(page);
    if (!isFirst) this.#dialog.sayOpened(headline);
    if (location.hash) this.#dialog.goTo(location.hash.slice(1));
    this.#begin(url, journal);
    this.#offerNext(next);
  }

  #begin(url, journal) {
    const crumbs = this.#dialog.view().crumbs;
    this.#chain.begin({ url, title: this.#shown.title, journal, crumbs });
    this.#watch(url, journal);
  }

  /** Put the next story below the one that was read to its end. */
  async #add({ page }) {
    const next = this.#nextIn(page);
    const article = this.#dialog.addPage(page, `-${page.querySelector("article.story").dataset.story}`);
    await this.#offerNext(next);
    return article;
  }

  /** The reader scrolled on into another story: it is what is shown, and what Back leaves. */
  #enter({ url, title, journal, crumbs }) {
    this.#unwatch();
    this.#shown.url = url;
    this.#setTitle(title);
    this.#dialog.showCrumbs(crumbs);
    moveOver(url);
    this.#watch(url, journal);
  }

  #showAgain(story) {
    this.#setTitle(story.title);
    this.#dialog.sayOpened(this.#dialog.showAgain(story));
    this.#begin(story.url, 0);
    this.#awaitNext();
  }

  #setTitle(title) {
    this.#shown.title = title;
    setTitle(title);
  }

  #nextIn(page) {
    const links = page.querySelectorAll('[aria-labelledby="following-title"] a.card-link');
    const isNew = ({ href }) =>
      !this.#shelf.hasRead(href) && href !== this.#shown.url && !this.#chain.has(href);
    return [...links].find(isNew);
  }

  async #offerNext(next) {
    if (!next) return;
    const nav = await part("story-next");
    const link = nav.querySelector("a");
    link.href = next.href;
    link.textContent = next.textContent;
    ([...this.#dialog.body.querySelectorAll(".story-foot")].at(-1) ?? this.#dialog.body).append(nav);
    this.#awaitNext();
  }

  /** Have the next story added where the reader scrolls on past the end, unless data is dear. */
  #awaitNext() {
    const nav = [...this.#dialog.body.querySelectorAll(".over-next")].at(-1);
    if (nav?.querySelector("a") && !savesData()) this.#chain.await(nav);
  }

  #watch(url, journal) {
    const article = this.#article(url);
    if (!article) return;
    const { story, version } = article.dataset;
    this.#unwatch = watchStory({ channel: `newsfeed:${edition}`, story, after: journal }, () =>
      this.#offerUpdate(url, version),
    );
  }

  /** @returns {HTMLElement | undefined} */
  #article(url) {
    const number = /-(\d+)\.html/.exec(url)?.[1];
    const articles = [...this.#dialog.body.querySelectorAll("article[data-story]")];
    return articles.find((one) => one.dataset.story === number) ?? articles[0];
  }

  /** The newsfeed spoke of this story: if its page has changed, say so and let the reader choose when. */
  async #offerUpdate(url, version) {
    const fresh = await this.#changed(url, version);
    if (!fresh || this.#shown.url !== url) return;
    this.#dialog.body.querySelector(".over-updated")?.remove();
    const line = await part("story-updated");
    line.querySelector("button").addEventListener("click", () => this.#showPage(fresh, url));
    this.#dialog.body.prepend(line);
  }

  /** Return a story's page once it is another version; a busy server may need a moment for it. */
  async #changed(url, version) {
    for (const wait of UPDATE_WAITS) {
      await later(wait);
      const fresh = await storyPage(url).catch(() => null);
      /** @type {HTMLElement} */
      const article = fresh?.page.querySelector("article[data-story]");
      if (article && article.dataset.version !== version) return fresh;
    }
    return null;
  }

  async #fail(error, url, depth) {
    if (error instanceof NotFetched && error.message === "other") return location.assign(url);
    const name =
      error instanceof NotFetched && error.message === "offline" ? "story-offline" : "story-failed";
    const again = () => void this.#go(url, depth, "", () => {});
    await this.#dialog.fail(name, url, again);
    // The network needs a moment longer than it takes the browser to say that it is back.
    window.addEventListener("online", () => setTimeout(again, 500), {
      once: true,
      signal: this.#errand.signal,
    });
  }

  #giveFocusBack() {
    const same = `a[href="${CSS.escape(this.#opener?.getAttribute("href") ?? "")}"]`;
    const opener = this.#opener?.isConnected ? this.#opener : document.querySelector(same);
    /** @type {HTMLElement} */ (opener)?.focus({ preventScroll: true });
  }
}

export const reader = new StoryReader();
