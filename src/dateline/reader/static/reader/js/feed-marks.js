// What is unread among the lines, where the reader left, and what can be done about it.
// Loads: with feed-list.js.

import { counted } from "./models/plural.js";
import { part } from "./parts.js";

const { lang } = document.documentElement;
const numberOf = (line) => Number(line.dataset.number);

export class FeedMarks {
  #host;
  #bar = null;
  #left = null;

  constructor(host) {
    this.#host = host;
    host.addEventListener("pointerover", ({ target }) => this.#offer(target));
    host.addEventListener("focusin", ({ target }) => this.#offer(target));
    document.addEventListener("newsfeed-next", () => this.#next());
  }

  /** Mark the lines, given newest first; `left` is the cursor when the reader came. */
  show(lines, left) {
    const { cursor } = this.#host.unread;
    for (const line of lines) line.classList.toggle("is-unread", numberOf(line) > cursor);
    const place = lines.findIndex((line) => numberOf(line) <= left);
    this.#showLeft(place > 0 ? lines[place] : null);
    this.#showBar();
  }

  async #showLeft(line) {
    if (line) this.#left ??= await part("feed-left");
    if (line?.isConnected) line.before(this.#left);
    else this.#left?.remove();
  }

  async #showBar() {
    if (this.#host.unread.count) this.#bar ??= await part("feed-unread");
    if (!this.#bar) return;
    const { count } = this.#host.unread;
    if (!this.#bar.isConnected) this.#host.append(this.#bar);
    this.#bar.hidden = !count;
    this.#bar.querySelector("[data-words]").textContent = counted(this.#host.dataset.unread, count, lang);
  }

  /** A line offers to count as unread, with what is above it, while a pointer or the focus is on it. */
  async #offer(target) {
    const line = target.closest?.("[data-number]");
    if (!line || line.querySelector("[data-unread-from]")) return;
    const button = await part("feed-mark");
    const headline = line.querySelector("a").textContent;
    button.setAttribute("aria-label", button.dataset.label.replace("{headline}", headline));
    if (!line.querySelector("[data-unread-from]")) line.append(button);
  }

  /** Move the focus to the next line that is unread; nowhere when none is left. */
  #next() {
    const unread = [...this.#host.querySelectorAll(".is-unread")];
    const here = unread.findIndex((line) => line.contains(document.activeElement));
    unread[here + 1]?.querySelector("a").focus();
  }
}
