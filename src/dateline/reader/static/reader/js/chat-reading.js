// What a reader has read of a chat: the end of the log in sight counts, the rest is offered.
// Loads: with chat-room.js.

import { tellUnseen } from "./mine.js";
import { counted } from "./models/plural.js";
import { Preference } from "./models/preference.js";

const A_LOOK = 800; // milliseconds the end of the log is in sight until it counts as read

export class ChatReading {
  #room;
  #log;
  #read;
  #timer = 0;

  /** @param {any} room @param {{ newest: number, isEndInSight: boolean }} log */
  constructor(room, log) {
    this.#room = room;
    this.#log = log;
    this.#read = new Preference(`chat-read:${room.dataset.chat}`);
  }

  /** The number of the last message that was read; 0 for none. */
  get cursor() {
    return Number(this.#read.value ?? 0);
  }

  get #button() {
    return this.#room.querySelector("[data-new-button]");
  }

  /** Offer so many more new messages. */
  offer(more) {
    const button = this.#button;
    const count = Number(button.dataset.count ?? 0) + more;
    button.dataset.count = String(count);
    button.hidden = count === 0;
    button.textContent = counted(this.#room.dataset.new, count, document.documentElement.lang);
  }

  /** What stands at the end of the log counts as read once somebody looks at it. */
  look() {
    clearTimeout(this.#timer);
    if (document.hidden || !this.#log.isEndInSight || !("newest" in this.#room.dataset)) return;
    this.#button.hidden = true;
    this.#button.dataset.count = "0";
    this.#timer = window.setTimeout(() => void this.#see(), A_LOOK);
  }

  async #see() {
    const { chat } = this.#room.dataset;
    const { newest } = this.#log;
    if (newest <= this.cursor) return;
    this.#read.value = String(newest);
    document.dispatchEvent(new CustomEvent("chat-read", { detail: { chat, number: newest } }));
    if (this.#room.reader)
      tellUnseen(await this.#room.post(`/chats/${chat}/read`, { number: String(newest) }));
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
