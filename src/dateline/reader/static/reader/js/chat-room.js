// <chat-room channel after>: a chat wherever it stands. Messages come in at the end of the log, where they move
// nothing that is read; edits and removals happen where they are.
// Loads: at once, or when the drawer or the end of a story brings it.

import { ChatBox } from "./chat-box.js";
import { showFollowed, toggleFollowed } from "./chat-follow.js";
import { ChatLog } from "./chat-log.js";
import { fragment, pageOf } from "./html.js";
import { me } from "./me.js";
import { mine, tellUnseen } from "./mine.js";
import { Batch } from "./models/batch.js";
import { Mutes } from "./models/mutes.js";
import { counted } from "./models/plural.js";
import { Preference } from "./models/preference.js";
import { StreamClient } from "./stream.js";

const CHANGED = [
  "message-edited",
  "message-featured",
  "reactions-changed",
  "message-removed",
  "paragraph-corrected",
];
const STATES = ["chat-opened", "chat-closed", "chat-mode-changed"];
const A_LOOK = 800; // milliseconds the end of the log is in sight until it counts as read
const { lang } = document.documentElement;

class ChatRoom extends HTMLElement {
  #abort = new AbortController();
  #client = null;
  #log = new ChatLog(this);
  #box = null;
  #news = new Batch((news) => this.#say(news));
  #read = new Preference(`chat-read:${this.dataset.chat}`);
  #timer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    for (const event of ["scroll", "visibilitychange"]) {
      document.addEventListener(event, () => this.#look(), { signal, passive: true, capture: true });
    }
    const meet = (event) => this.#meet(event.detail);
    document.addEventListener("me-changed", meet, { signal });
    this.#box = new ChatBox(this, this.#part("box"), signal);
    this.#log.showLeft(Number(this.#read.value ?? 0));
    this.#listen();
    me().then((found) => this.#meet(found));
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#client?.close();
    this.#news.stop();
    this.#log.stop();
    clearTimeout(this.#timer);
  }

  /** @returns {any} */
  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  #listen() {
    this.#client = new StreamClient({
      channels: [this.getAttribute("channel")],
      after: Number(this.getAttribute("after")),
    });
    for (const event of ["message-posted", "message-approved"])
      this.#client.on(event, (told) => this.#arrive(told));
    for (const event of CHANGED) this.#client.on(event, (told) => this.#change(event, told));
    for (const event of STATES) this.#client.on(event, (told) => this.#turn(told));
    this.#client.on("reset", () => this.#reload());
    this.#client.open();
  }

  #arrive(told) {
    this.#log.count(told);
    if (!told.html) return;
    const known = this.#log.message(told.message);
    if (known) return this.#log.change(told);
    if (!("newest" in this.dataset)) return this.#offer(1);
    const message = this.#log.put(told);
    if (message && !message.classList.contains("is-muted")) this.#news.add(message);
    if (!this.#log.isEndInSight) this.#offer(1);
    this.#look();
  }

  #change(event, told) {
    const isOwn = this.reader && this.#log.message(told.message)?.dataset.author === this.reader.slug;
    this.#log.count(told);
    if (told.html) this.#log.change(told);
    if (event === "message-removed") {
      if (isOwn) void this.askAgain();
      this.#log.unquote(told.message);
      this.#part("status").textContent = this.dataset.gone;
    }
  }

  /** The chat opened, closed, or takes messages in another way; without a word of it the chat is gone. */
  #turn({ html }) {
    if (!html) return this.remove();
    this.#part("state").replaceWith(fragment(html));
    this.#box.allow("open" in this.#part("state").dataset);
    this.#offerAnswers();
  }

  /** Where questions are asked, answering is offered to the guests and the newsroom alone. */
  #offerAnswers() {
    const { guests } = this.#part("state").dataset;
    const isGuest = guests?.split(" ").includes(this.reader?.slug);
    this.classList.toggle("is-asking", guests !== undefined && !isGuest && !this.reader?.staff);
  }

  #meet({ reader, csrf }) {
    this.csrf = csrf;
    this.reader = reader;
    this.#box.meet(reader);
    this.#log.meet(reader);
    this.#offerAnswers();
    if (reader) void this.askAgain();
  }

  /** Hide what the reader muted, show what they follow and what moderators decided, here or elsewhere. */
  async askAgain() {
    const { muted, chats, decided } = await mine();
    this.#log.mute(new Mutes(muted));
    showFollowed(
      this,
      chats.some(({ chat }) => String(chat) === this.dataset.chat),
    );
    const { showDecided } = await import("./chat-decided.js");
    await showDecided(this, decided ?? 0);
  }

  /** Have the box be about a paragraph. @param {{ block: string, version: string, block_quote: string }} what */
  talkAbout(what) {
    this.#box.talkAbout(what);
  }

  #offer(more) {
    const button = this.#part("new-button");
    const count = Number(button.dataset.count ?? 0) + more;
    button.dataset.count = String(count);
    button.hidden = count === 0;
    button.textContent = counted(this.dataset.new, count, lang);
  }

  /** What stands at the end of the log counts as read once somebody looks at it. */
  #look() {
    clearTimeout(this.#timer);
    if (document.hidden || !this.#log.isEndInSight || !("newest" in this.dataset)) return;
    const button = this.#part("new-button");
    button.hidden = true;
    button.dataset.count = "0";
    this.#timer = setTimeout(() => this.#see(), A_LOOK);
  }

  async #see() {
    const { newest } = this.#log;
    if (newest <= Number(this.#read.value ?? 0)) return;
    this.#read.value = String(newest);
    document.dispatchEvent(
      new CustomEvent("chat-read", { detail: { chat: this.dataset.chat, number: newest } }),
    );
    if (this.reader)
      tellUnseen(await this.post(`/chats/${this.dataset.chat}/read`, { number: String(newest) }));
  }

  #say(news) {
    const [first] = news;
    const words = (name) => first.querySelector(name)?.textContent.trim() ?? "";
    const one = () =>
      this.dataset.says.replace("{name}", words("[data-name]")).replace("{words}", words(".message-text"));
    this.#part("status").textContent =
      news.length === 1 ? one() : counted(this.dataset.new, news.length, lang);
  }

  /** Send a form of this reader's; the answer is what the server told. @returns {Promise<any>} */
  async post(url, fields) {
    const body = new URLSearchParams(fields);
    const headers = { Accept: "application/json", "X-CSRFToken": this.csrf ?? "" };
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    return { ...(told ?? { code: "lost", message: this.dataset.lost }), ok: answer?.ok ?? false };
  }

  async #onClick(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = (name) => event.target.closest(name);
    const message = at("[data-message]");
    if (at("[data-new-button]")) return this.#toEnd();
    if (at("[data-earlier] a")) return this.#earlier(event);
    if (this.reader && at("[data-follow]")) {
      event.preventDefault();
      return toggleFollowed(this, at("[data-follow]"));
    }
    if (at("[data-permalink]")) return this.#goTo(event, at("[data-permalink]"));
    if (!message) return;
    const name = ["[data-reply]", "[data-reactions]", "[data-react]", "[data-act]"].find(at);
    if (!name) return;
    event.preventDefault();
    if (name === "[data-reply]") return this.#box.answer(message);
    const { openDeeds, pick, toggle } = await import("./chat-deeds.js");
    if (name === "[data-act]" || !this.reader) return openDeeds(this, message, at(name));
    if (name === "[data-reactions]") return pick(this, message);
    return toggle(this, message, at(name).dataset.react);
  }

  #goTo(event, link) {
    const key = new URL(link.href).pathname.split("/").at(-1);
    const target = this.#log.message(key);
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    target.classList.add("is-meant");
    setTimeout(() => target.classList.remove("is-meant"), 3_000);
  }

  #toEnd() {
    if (!("newest" in this.dataset)) return location.assign(this.dataset.url);
    this.#log.toEnd();
    this.#look();
  }

  toEnd() {
    this.#log.toEnd();
  }

  async #earlier(event) {
    event.preventDefault();
    const link = event.target.closest("a");
    const page = await this.#fetched(link.href);
    if (!page) return location.assign(link.href);
    this.#log.putBefore(page);
    this.#log.meet(this.reader);
  }

  async #fetched(url) {
    const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
    return answer?.ok ? pageOf(await answer.text()) : null;
  }

  /** Take the whole chat from the server again: too much has happened to be told. */
  async #reload() {
    const fresh = (await this.#fetched(this.dataset.url))?.querySelector("chat-room");
    if (fresh) this.replaceWith(document.importNode(fresh, true));
  }
}

customElements.define("chat-room", ChatRoom);
