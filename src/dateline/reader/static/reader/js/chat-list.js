// <chat-list>: the chats going on. Those the reader takes part in come first, each with an exact count of what is
// unread, by the counter of the newsfeed: a place per message, and the place up to which all is read.
// Loads: with the list.

import { jsonAt } from "./asked.js";
import { TOLD } from "./chat-tally.js";
import { fragment, pageOf } from "./html.js";
import { mine } from "./mine.js";
import { isMuted, Mutes } from "./models/mutes.js";
import { counted } from "./models/plural.js";
import { Preference } from "./models/preference.js";
import { Unread } from "./models/unread.js";
import { StreamClient } from "./stream.js";

const MOST = 14; // chats followed at once: a line has sixteen channels
const SOON = 2_000; // milliseconds without a word after which replies and mentions are counted again
const { lang } = document.documentElement;

class ChatList extends HTMLElement {
  #abort = new AbortController();
  /** @type {Map<string, Unread>} */ #counts = new Map();
  /** @type {StreamClient | null} */ #client = null;
  #timer = 0;
  #mutes = new Mutes();

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    document.addEventListener("chat-read", (event) => this.#onRead(/** @type {any} */ (event).detail), {
      signal,
    });
    window.addEventListener("storage", ({ key }) => this.#onStorage(key), { signal });
    void this.#begin(signal).then(() => this.#present());
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#client?.close();
    clearTimeout(this.#timer);
  }

  /** @returns {HTMLElement[]} */
  get #lines() {
    return [.../** @type {any} */ (this.querySelectorAll("[data-chat]"))];
  }

  #line(chat) {
    return this.#lines.find((line) => line.dataset.chat === chat);
  }

  async #begin(signal) {
    const own = await this.#mine();
    await this.#bringMissing(own);
    if (signal.aborted) return;
    this.#bringForward(own);
    const known = this.#lines.filter((line) => this.#cursor(line.dataset.chat, own) !== null).slice(0, MOST);
    const indexes = await Promise.all(known.map((line) => this.#count(line.dataset.chat, own)));
    await this.#leaveMuted();
    if (signal.aborted || !known.length) return;
    for (const chat of this.#counts.keys()) this.#show(chat);
    this.#listen(known, Math.min(...indexes));
  }

  /** Return how far each of the reader's own chats is read. */
  async #mine() {
    const { chats, muted } = await mine();
    this.#mutes = new Mutes(muted);
    return new Map(chats.map(({ chat, number }) => [String(chat), number]));
  }

  /** The list is everyone's: open chats of the reader's own that are not on it stand on a page of theirs. */
  async #bringMissing(own) {
    const home = this.dataset.own;
    if (!home || [...own.keys()].every((chat) => this.#line(chat))) return;
    const answer = await fetch(home, { headers: { accept: "text/html" } }).catch(() => null);
    const page = answer?.ok ? pageOf(await answer.text()) : null;
    const lines = [...(page?.querySelectorAll("[data-chat]:not(.is-closed)") ?? [])];
    const missing = lines.filter((line) => !this.#line(/** @type {HTMLElement} */ (line).dataset.chat));
    this.querySelector("[data-chats]")?.append(...missing.map((line) => document.importNode(line, true)));
  }

  #bringForward(own) {
    const list = this.querySelector("[data-chats]");
    const mine = this.#lines.filter((line) => own.has(line.dataset.chat));
    for (const line of mine) line.classList.add("is-mine");
    list?.prepend(...mine);
  }

  #cursor(chat, own) {
    const here = Number(new Preference(`chat-read:${chat}`).value ?? Number.NaN);
    const there = own.get(chat) ?? Number.NaN;
    const found = [here, there].filter((one) => !Number.isNaN(one));
    return found.length ? Math.max(...found) : null;
  }

  /** Begin to count a chat; return the journal number that was counted at. */
  async #count(chat, own) {
    const unread = new Unread(this.#cursor(chat, own));
    const index = await this.#index(chat);
    if (!index) return Number.POSITIVE_INFINITY;
    unread.start(index);
    this.#counts.set(chat, unread);
    while (unread.wants !== null) {
      const more = await this.#index(chat, unread.wants);
      if (!more) break;
      unread.add(more);
    }
    return index.journal;
  }

  async #index(chat, before = null) {
    const query = before === null ? "" : `?before=${before}`;
    return jsonAt(`/chats/${chat}/index.json${query}`);
  }

  /** What this reader muted is not unread: only the house knows which of what was said that is. */
  async #leaveMuted() {
    if (!this.#mutes.hasAny) return;
    const after = [...this.#counts].map(([chat, { cursor }]) => `${chat}:${cursor}`).join(",");
    const { muted = [] } = (await jsonAt(`/chats/muted.json?after=${after}`)) ?? {};
    for (const unread of this.#counts.values()) for (const id of muted) unread.tell(id, null);
  }

  #listen(lines, after) {
    const channels = lines.map((line) => `chat:${line.dataset.chat}`);
    this.#client = new StreamClient({ channels, after: Number.isFinite(after) ? after : undefined });
    for (const event of TOLD) this.#client.on(event, (told) => this.#hear(told));
    this.#client.open();
  }

  /** Some of what is said may be said to this reader. */
  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void mine(), SOON);
  }

  #hear({ chat, row, html, number }) {
    this.#askSoon();
    const unread = this.#counts.get(String(chat));
    if (!unread || (row === undefined && !number)) return;
    const id = row ? row[1] : idOf(html);
    if (id) unread.tell(id, row && !this.#isMuted(html) ? row : null);
    this.#show(String(chat));
  }

  #isMuted(html) {
    const message = html && /** @type {HTMLElement} */ (fragment(html).firstElementChild);
    return Boolean(message) && isMuted(message, this.#mutes);
  }

  #onRead({ chat, number }) {
    this.#counts.get(chat)?.see(number);
    this.#show(chat);
  }

  #onStorage(key) {
    const chat = /^dateline:chat-read:(\d+)$/.exec(key ?? "")?.[1];
    if (chat) this.#onRead({ chat, number: Number(new Preference(`chat-read:${chat}`).value) });
  }

  #show(chat) {
    const count = this.#counts.get(chat)?.count ?? 0;
    const place = this.#line(chat)?.querySelector("[data-unread]");
    if (!place) return;
    const words = /** @type {HTMLElement} */ (this.querySelector("[data-chats]")).dataset.unreadWords;
    place.textContent = count ? counted(words, count, lang) : "";
  }

  /** Say how many readers are in each chat: sampled, not told of each who comes. */
  async #present() {
    const numbers = this.#lines.map((line) => line.dataset.chat);
    if (!numbers.length) return;
    const { present = {} } = (await jsonAt(`/chats/present.json?chats=${numbers.join(",")}`)) ?? {};
    const words = /** @type {HTMLElement} */ (this.querySelector("[data-chats]")).dataset.presentWords;
    for (const [chat, count] of Object.entries(present)) {
      const place = this.#line(chat)?.querySelector("[data-present]");
      if (place) place.textContent = count ? ` · ${counted(words, count, lang)}` : "";
    }
  }
}

const idOf = (html) => Number(/data-id="(\d+)"/.exec(html ?? "")?.[1] ?? 0);

customElements.define("chat-list", ChatList);
