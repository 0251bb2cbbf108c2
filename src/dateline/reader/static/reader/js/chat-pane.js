// <chat-pane home>: the drawer's tab of chats: those going on, and one of them in place of the list.
// Loads: when the tab is looked at.

import "./chat-list.js";
import "./chat-room.js";
import { pageOf } from "./html.js";
import { addStyle, part } from "./parts.js";

const AGAIN = 30_000; // milliseconds after which the list is fetched anew while somebody looks at it

export class ChatPane {
  #host;
  #timer = 0;
  #open = "";

  constructor(host) {
    this.#host = host;
    host.addEventListener("click", (event) => this.#onClick(event));
    void this.look();
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
    if ((!link && !back) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#open = link ? link.href : "";
    if (!link) return this.look();
    clearTimeout(this.#timer);
    if (!(await this.#show(link.href, notices ? ".chat-notices" : "chat-room")))
      return location.assign(link.href);
    const room = /** @type {any} */ (this.#host.querySelector("chat-room"));
    room?.toEnd();
    const head = await part("chat-back");
    head.querySelector("[data-title]").textContent = link.textContent;
    head.querySelector("[data-title]").href = link.href;
    this.#host.prepend(head);
    head.querySelector("[data-back]").focus({ preventScroll: true });
    room?.toEnd();
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
