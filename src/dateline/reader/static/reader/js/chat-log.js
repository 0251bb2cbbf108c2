// The messages of a chat in the page: where each stands, whose it is, the days, what was read before.
// Loads: with chat-room.js.

import { fragment } from "./html.js";
import { headDays } from "./models/days.js";
import { Mutes } from "./models/mutes.js";
import { leftOf } from "./models/second-thoughts.js";
import { part } from "./parts.js";

const FRESH = 4_000; // milliseconds a new message is marked
const NEAR = 40; // pixels from the end that count as the end

export class ChatLog {
  #root;
  #reader = null;
  #mutes = new Mutes();
  #ticking = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @returns {HTMLElement} */
  get #list() {
    return this.#root.querySelector("[data-messages]");
  }

  /** @returns {HTMLElement} */
  get #box() {
    return this.#root.querySelector("[data-box]");
  }

  get messages() {
    return /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll("[data-message]")]);
  }

  /** @returns {HTMLElement | null} */
  message(key) {
    return this.#list.querySelector(`[data-message="${CSS.escape(key)}"]`);
  }

  get newest() {
    return Math.max(0, ...this.messages.map(({ dataset }) => Number(dataset.number)));
  }

  get #drawer() {
    return this.#root.closest("aside");
  }

  get #scroller() {
    return this.#root.closest("[data-scroll], aside") ?? document.scrollingElement;
  }

  /** In the drawer the box lies over the log. */
  get isEndInSight() {
    const { bottom, height } = this.#list.getBoundingClientRect();
    const end = this.#drawer ? this.#box.getBoundingClientRect().top : innerHeight;
    return height > 0 && bottom <= end + NEAR && bottom > 0;
  }

  toEnd() {
    if (this.#drawer) this.#drawer.scrollTop = this.#drawer.scrollHeight;
    else this.#box.scrollIntoView({ block: "end" });
  }

  /** Change the log; what stands after it stays where it is in the window. */
  #still(change) {
    const isFollowed = this.#drawer && this.isEndInSight;
    const before = this.#box.getBoundingClientRect().top;
    change();
    if (isFollowed) return this.toEnd();
    const moved = this.#box.getBoundingClientRect().top - before;
    if (moved && before < innerHeight) this.#scroller.scrollBy({ top: moved, behavior: "instant" });
  }

  /** Put a new message where its number belongs; return it. @returns {HTMLElement | null} */
  put({ html, number }) {
    const message = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
    const later = this.messages.find(({ dataset }) => Number(dataset.number) > number);
    this.#still(() => this.#list.insertBefore(message, later ?? null));
    message.classList.add("is-new");
    setTimeout(() => message.classList.remove("is-new"), FRESH);
    this.#tidy();
    this.#own(message);
    return message;
  }

  /** Put a changed message in place of what stands there; the focus stays on the same thing. */
  change({ message: key, html }) {
    for (const old of this.#root.querySelectorAll(`[data-message="${CSS.escape(key)}"]`)) {
      const fresh = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
      const name = focusedIn(old);
      this.#still(() => old.replaceWith(fresh));
      if (name) /** @type {HTMLElement} */ (fresh.querySelector(name))?.focus({ preventScroll: true });
      this.#own(fresh);
    }
  }

  /** Nothing shows the words of a message that is gone. */
  unquote(key) {
    for (const quote of this.#root.querySelectorAll(`[data-quote="${CSS.escape(key)}"]`)) quote.remove();
  }

  /** A thread has another number of answers. */
  count({ thread, replies }) {
    const root = thread && this.#root.querySelector(`[data-message="${CSS.escape(thread)}"]`);
    if (!root) return;
    root.querySelector("[data-replies]")?.remove();
    if (replies) root.querySelector(".message-tools, .message-gone")?.append(fragment(replies));
  }

  /** Put the messages of an earlier page above, and the way to what is before those. */
  putBefore(page) {
    const [first] = this.messages;
    const top = first?.getBoundingClientRect().top ?? 0;
    const fresh = [...page.querySelectorAll("[data-messages] > [data-message]")];
    this.#list.prepend(...fresh.map((one) => document.importNode(one, true)));
    this.#root
      .querySelector("[data-earlier]")
      .replaceWith(document.importNode(page.querySelector("[data-earlier]"), true));
    this.#tidy();
    if (first) this.#scroller.scrollBy({ top: first.getBoundingClientRect().top - top, behavior: "instant" });
  }

  /** Say where the reader left, if there is something newer on the page. */
  async showLeft(cursor) {
    const unread = cursor && this.messages.find(({ dataset }) => Number(dataset.number) > cursor);
    if (unread && unread !== this.messages[0]) unread.before(await part("feed-left"));
  }

  /** Know whose messages are one's own. */
  meet(reader) {
    this.#reader = reader;
    for (const message of this.messages) this.#own(message);
  }

  /** Hide what is muted, and show again what no longer is. */
  mute(/** @type {Mutes} */ mutes) {
    this.#mutes = mutes;
    for (const message of this.messages) this.#own(message);
  }

  #hide(message) {
    const text = message.querySelector(".message-text")?.textContent;
    const isMuted = text !== undefined && this.#mutes.hides(message.dataset.author, text);
    if (isMuted === message.classList.contains("is-muted")) return;
    message.classList.toggle("is-muted", isMuted);
    if (!isMuted) return message.querySelector(":scope > .message-gone").remove();
    const line = document.createElement("p");
    line.className = "message-gone";
    line.textContent = this.#root.dataset.muted;
    message.append(line);
  }

  #own(message) {
    const isOwn = Boolean(this.#reader) && message.dataset.author === this.#reader.slug;
    message.classList.toggle("is-own", isOwn);
    if (!isOwn) this.#hide(message);
    for (const name of message.querySelectorAll("[data-reader]")) {
      name.classList.toggle("is-me", name.dataset.reader === this.#reader?.slug);
    }
    if (isOwn && this.#edit(message)) this.#ticking ||= window.setInterval(() => this.#tick(), 1_000);
  }

  /** Show how long a message can still be changed; nothing once that is over. */
  #edit(message) {
    const left = leftOf(message.querySelector(".message-when time")?.getAttribute("datetime"), Date.now());
    const old = message.querySelector("[data-edit]");
    if (!left) return old?.remove();
    const link = old ?? document.createElement("a");
    if (!old) {
      link.href = message.querySelector("[data-act]").href;
      link.rel = "nofollow";
      link.dataset.edit = link.dataset.act = "";
      message.querySelector("[data-act]").before(link, " ");
    }
    link.textContent = this.#root.dataset.edit.replace("{time}", left);
    return true;
  }

  #tick() {
    const running = this.messages.filter((one) => one.classList.contains("is-own") && this.#edit(one));
    if (!running.length) this.stop();
  }

  stop() {
    clearInterval(this.#ticking);
    this.#ticking = 0;
  }

  #tidy() {
    this.#root.querySelector("[data-empty]")?.remove();
    headDays(this.#list, this.messages, document.documentElement.lang);
  }
}

/** Return what of a message has the focus, as a selector. */
function focusedIn(message) {
  const names = ["[data-reply]", "[data-reactions]", "[data-edit]", "[data-act]", "[data-react]", "a"];
  const focus = message.contains(document.activeElement) ? document.activeElement : null;
  return focus && names.find((name) => focus.matches(name));
}
