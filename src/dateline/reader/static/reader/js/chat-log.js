// The messages of a chat in the page: where each stands, the days, what was read before.
// Loads: with chat-room.js.

import { ChatOwn } from "./chat-own.js";
import { fragment } from "./html.js";
import { headDays } from "./models/days.js";
import { part } from "./parts.js";

const FRESH = 4_000; // milliseconds a new message is marked
const NEAR = 40; // pixels from the end that count as the end

export class ChatLog {
  /** Whose the messages are. */
  own = new ChatOwn(this);

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** @returns {HTMLElement} */
  get #list() {
    return this.root.querySelector("[data-messages]");
  }

  /** @returns {HTMLElement} */
  get #box() {
    return this.root.querySelector("[data-box]");
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
    return this.root.closest("aside");
  }

  get #scroller() {
    return this.root.closest("[data-scroll], aside") ?? document.scrollingElement;
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
    this.own.mark(message);
    return message;
  }

  /** Put a changed message in place of what stands there; the focus stays on the same thing. */
  change({ message: key, html }) {
    for (const old of this.root.querySelectorAll(`[data-message="${CSS.escape(key)}"]`)) {
      const fresh = /** @type {HTMLElement} */ (fragment(html).firstElementChild);
      const name = focusedIn(old);
      this.#still(() => old.replaceWith(fresh));
      if (name) /** @type {HTMLElement} */ (fresh.querySelector(name))?.focus({ preventScroll: true });
      this.own.mark(fresh);
    }
  }

  /** Nothing shows the words of a message that is gone. */
  unquote(key) {
    for (const quote of this.root.querySelectorAll(`[data-quote="${CSS.escape(key)}"]`)) quote.remove();
  }

  /** A thread has another number of answers. */
  count({ thread, replies }) {
    const root = thread && this.root.querySelector(`[data-message="${CSS.escape(thread)}"]`);
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
    this.root
      .querySelector("[data-earlier]")
      .replaceWith(document.importNode(page.querySelector("[data-earlier]"), true));
    for (const message of fresh) this.own.mark(this.message(message.dataset.message));
    this.#tidy();
    if (first) this.#scroller.scrollBy({ top: first.getBoundingClientRect().top - top, behavior: "instant" });
  }

  /** Say where the reader left, if there is something newer on the page. */
  async showLeft(cursor) {
    const unread = cursor && this.messages.find(({ dataset }) => Number(dataset.number) > cursor);
    if (unread && unread !== this.messages[0]) unread.before(await part("feed-left"));
  }

  #tidy() {
    this.root.querySelector("[data-empty]")?.remove();
    headDays(this.#list, this.messages, document.documentElement.lang);
  }
}

/** Return what of a message has the focus, as a selector. */
function focusedIn(message) {
  const names = ["[data-reply]", "[data-reactions]", "[data-edit]", "[data-act]", "[data-react]", "a"];
  const focus = message.contains(document.activeElement) ? document.activeElement : null;
  return focus && names.find((name) => focus.matches(name));
}
