// The dialog in which a story lies over the page: what it shows, not where it comes from.

import { wake } from "./elements.js";
import { keepIdsApart, nameApart } from "./models/ids.js";
import { part } from "./parts.js";

const A_WORD = 850; // milliseconds from the skeleton to a word that says what is awaited

/** @typedef {{ nodes: Node[], crumbs: Node[], scroll: number, focus: Element | null }} View */

export class StoryDialog {
  #dialog;
  #timer;

  /** Make the dialog; `onClose` is asked when the reader wants to leave. */
  static async make(onClose) {
    const dialog = await part("story-dialog");
    document.body.append(dialog);
    return new StoryDialog(dialog, onClose);
  }

  constructor(dialog, onClose) {
    this.#dialog = dialog;
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (event.target === dialog) onClose();
    });
    dialog.addEventListener("close", (event) => event.target === dialog && onClose());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) onClose();
      else this.#follow(event);
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  get body() {
    return this.#dialog.querySelector("[data-body]");
  }

  get scroller() {
    return this.#dialog.querySelector("[data-scroll]");
  }

  #open() {
    if (!this.isOpen) this.#dialog.showModal();
  }

  close() {
    clearTimeout(this.#timer);
    if (this.isOpen) this.#dialog.close();
    this.#put([], []);
  }

  /** Say something to those who do not see it. */
  say(text) {
    this.#dialog.querySelector("[data-status]").textContent = text;
  }

  sayOpened(headline) {
    this.say(this.#dialog.dataset.opened.replace("{headline}", headline));
  }

  /** Show the outline of a story until one comes. */
  async wait(label) {
    const skeleton = await part("story-skeleton");
    this.#put([skeleton], []);
    this.#name(label);
    this.#open();
    this.scroller.focus({ preventScroll: true });
    this.#timer = setTimeout(() => {
      skeleton.querySelector("[data-word]").hidden = false;
      this.say(this.#dialog.dataset.opening);
    }, A_WORD);
  }

  /** Show the matter of a fetched page; return its headline. @param {Document} page */
  showPage(page) {
    this.#put([], []);
    const main = page.querySelector("main");
    keepIdsApart(main, (id) => document.getElementById(id) !== null, "-over");
    this.body.lang = page.documentElement.lang;
    this.body.dir = page.documentElement.dir;
    this.#put(main.childNodes, page.querySelectorAll(".crumbs"));
    this.#open();
    this.scroller.scrollTop = 0;
    return this.#announce();
  }

  /** Add the matter of a fetched page below what is shown; return its story. @param {Document} page */
  addPage(page, suffix) {
    const main = page.querySelector("main");
    keepIdsApart(main, (id) => document.getElementById(id) !== null, suffix);
    const article = main.querySelector("article.story");
    const head = article.querySelector("h1");
    head.id ||= `story-title${suffix}`;
    nameApart(main, head);
    this.body.append(...main.childNodes);
    wake(this.body);
    return article;
  }

  /** Say where what is read stands. @param {Node[]} crumbs */
  showCrumbs(crumbs) {
    this.#dialog.querySelector("[data-crumbs]").replaceChildren(...crumbs);
  }

  /** Show what was left before, as it was. @param {View} view */
  showAgain(view) {
    this.#put(view.nodes, view.crumbs);
    this.#open();
    const headline = this.#announce();
    this.scroller.scrollTop = view.scroll;
    /** @type {HTMLElement} */ (view.focus)?.focus({ preventScroll: true });
    return headline;
  }

  /** Say what went wrong, with a way to try again. */
  async fail(name, url, retry) {
    const notice = await part(name);
    notice.querySelector("[data-retry]").addEventListener("click", retry);
    notice.querySelector("[data-page]")?.setAttribute("href", url);
    notice.querySelector("[data-page]")?.setAttribute("data-plain", "");
    this.#put([notice], []);
    this.#open();
    this.#announce();
  }

  /** Return what is shown, to be shown again later. @returns {View} */
  view() {
    const focus = this.body.contains(document.activeElement) ? document.activeElement : null;
    const crumbs = this.#dialog.querySelector("[data-crumbs]").childNodes;
    return { nodes: [...this.body.childNodes], crumbs: [...crumbs], scroll: this.scroller.scrollTop, focus };
  }

  /** Go to a place inside the story. */
  goTo(id) {
    const target = this.body.querySelector(`#${CSS.escape(id)}, #${CSS.escape(id)}-over`);
    if (!target) return;
    target.scrollIntoView();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  #put(nodes, crumbs) {
    clearTimeout(this.#timer);
    this.body.replaceChildren(...nodes);
    this.#dialog.querySelector("[data-crumbs]").replaceChildren(...crumbs);
    wake(this.body);
  }

  /** Name the dialog by its headline and put the focus there. */
  #announce() {
    const head = this.body.querySelector("h1");
    if (!head) return "";
    head.id ||= "over-title";
    head.tabIndex = -1;
    this.#dialog.removeAttribute("aria-label");
    this.#dialog.setAttribute("aria-labelledby", head.id);
    head.focus({ preventScroll: true });
    return head.textContent.trim();
  }

  #name(label) {
    this.#dialog.removeAttribute("aria-labelledby");
    this.#dialog.setAttribute("aria-label", label);
  }

  #follow(event) {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    this.goTo(link.getAttribute("href").slice(1));
  }
}
