// Whose the messages of a chat are: one's own can be changed for a while, what is muted is hidden.
// Loads: with chat-room.js.

import { isMuted, Mutes } from "./models/mutes.js";
import { leftOf } from "./models/second-thoughts.js";

export class ChatOwn {
  #log;
  #reader = null;
  #mutes = new Mutes();
  #ticking = 0;

  /** @param {{ root: HTMLElement, messages: HTMLElement[] }} log */
  constructor(log) {
    this.#log = log;
  }

  /** Know whose messages are one's own. */
  meet(reader) {
    this.#reader = reader;
    for (const message of this.#log.messages) this.mark(message);
  }

  /** Hide what is muted, and show again what no longer is. */
  mute(/** @type {Mutes} */ mutes) {
    this.#mutes = mutes;
    for (const message of this.#log.messages) this.mark(message);
  }

  /** Show of a message whether it is one's own, muted, or speaks to oneself. */
  mark(message) {
    const isOwn = Boolean(this.#reader) && message.dataset.author === this.#reader.slug;
    message.classList.toggle("is-own", isOwn);
    if (!isOwn) this.#hide(message);
    for (const name of message.querySelectorAll("[data-reader]")) {
      name.classList.toggle("is-me", name.dataset.reader === this.#reader?.slug);
    }
    if (isOwn && this.#edit(message)) this.#ticking ||= window.setInterval(() => this.#tick(), 1_000);
  }

  #hide(message) {
    const isHidden = isMuted(message, this.#mutes);
    if (isHidden === message.classList.contains("is-muted")) return;
    message.classList.toggle("is-muted", isHidden);
    if (!isHidden) return message.querySelector(":scope > .message-gone").remove();
    const line = document.createElement("p");
    line.className = "message-gone";
    line.textContent = this.#log.root.dataset.muted ?? "";
    message.append(line);
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
    link.textContent = (this.#log.root.dataset.edit ?? "").replace("{time}", left);
    return true;
  }

  #tick() {
    const running = this.#log.messages.filter((one) => one.classList.contains("is-own") && this.#edit(one));
    if (!running.length) this.stop();
  }

  stop() {
    clearInterval(this.#ticking);
    this.#ticking = 0;
  }
}
