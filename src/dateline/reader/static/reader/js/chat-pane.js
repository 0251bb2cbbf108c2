// <chat-pane home>: the drawer's tab of chats: those going on, and one of them in place of the list.
// Loads: when the tab is looked at.

import "./chat-list.js";
import "./chat-room.js";
import { pageOf } from "./html.js";
import { addStyle, part } from "./parts.js";

const INSIDE = ".chat-sorts a, [data-replies], [data-later] a, .chat-page .chat-more a, .chat-whole a";
const AGAIN = 30_000; // milliseconds after which the list is fetched anew while somebody looks at it

export class ChatPane {
  #host;
  #timer = 0;
  #open = "";

  constructor(host) {
    this.#host = host;
    host.addEventListener("click", (event) => this.#onClick(event));
    host.addEventListener("submit", (event) => this.#onSearch(event));
    void this.look();
  }

  /** Back to the list, from wherever the reader is. */
  home() {
    this.#open = "";
    return this.look();
  }

  /** Somebody looks at the tab, or does so no more. */
  async look() {
    clearTimeout(this.#timer);
    if (!this.#host.checkVisibility?.() || this.#open) return;
    await this.#show(this.#host.getAttribute("home"), "chat-list");
    this.#timer = window.setTimeout(() => void this.look(), AGAIN);
  }

  async #onClick(event) {
    const notices = event.target.closest("[data-notices-link]");
    const link = notices ?? event.target.closest("[data-chat-link]");
    const back = event.target.closest("[data-back]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!link && !back) return this.#goInside(event);
    event.preventDefault();
    if (!link) return this.home();
    this.#open = link.href;
    clearTimeout(this.#timer);
    if (!(await this.#show(link.href, notices ? ".chat-notices" : "chat-room")))
      return location.assign(link.href);
    this.#room?.toEnd();
    const head = await part("chat-back");
    head.querySelector("[data-title]").textContent = link.textContent;
    head.querySelector("[data-title]").href = link.href;
    this.#host.prepend(head);
    head.querySelector("[data-back]").focus({ preventScroll: true });
    this.#room?.toEnd();
  }

  /** @returns {any} */
  get #room() {
    return this.#host.querySelector("chat-room");
  }

  /** An order, a thread, a further page: what is on the chat's own page stays in the pane. */
  async #goInside(event) {
    const link = event.target.closest(INSIDE);
    if (!link || !this.#open || event.defaultPrevented) return;
    event.preventDefault();
    await this.#goOn(link.href, "chat-room");
  }

  async #onSearch(event) {
    const form = event.target.closest(".chat-search");
    if (!form || !this.#open) return;
    event.preventDefault();
    const words = String(new FormData(form).get("q"));
    await this.#goOn(`${form.action}?${new URLSearchParams({ q: words })}`, ".chat-page");
  }

  /** Show another part of the chat under the way back; what is looked for begins at its top. */
  async #goOn(url, name) {
    const head = this.#host.querySelector(".chat-back");
    if (!(await this.#show(url, name))) return location.assign(url);
    this.#host.prepend(head);
    if (this.#room && "newest" in this.#room.dataset) return this.#room.toEnd();
    this.#host.closest("aside")?.scrollTo({ top: 0, behavior: "instant" });
    /** @type {HTMLElement} */ (head.querySelector("[data-back]")).focus({ preventScroll: true });
  }

  /** Fetch a page and put one element of it into the pane; say whether that worked. */
  async #show(url, name) {
    const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
    const page = answer?.ok ? pageOf(await answer.text()) : null;
    const found = page?.querySelector(name);
    if (!found) return false;
    const style = page.querySelector('link[href*="chat"][rel=stylesheet]');
    if (style) await addStyle(style);
    this.#host.replaceChildren(document.importNode(found, true));
    return true;
  }
}
