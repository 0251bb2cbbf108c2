// <chat-room channel after>: a chat wherever it stands. Messages come in at the end of the log, where they move
// nothing that is read; edits and removals happen where they are.
// Loads: at once, or when the drawer or the end of a story brings it.

import { ChatBox } from "./chat-box.js";
import { showFollowed, toggleFollowed } from "./chat-follow.js";
import { ChatLog } from "./chat-log.js";
import { ChatReading } from "./chat-reading.js";
import { countOn } from "./chat-tally.js";
import { earlier, goTo, reload } from "./chat-ways.js";
import { fragment } from "./html.js";
import { me } from "./me.js";
import { mine } from "./mine.js";
import { Batch } from "./models/batch.js";
import { Mutes } from "./models/mutes.js";
import { counted } from "./models/plural.js";
import { StreamClient } from "./stream.js";

const CHANGED = [
  "message-edited",
  "message-featured",
  "reactions-changed",
  "message-removed",
  "paragraph-corrected",
];
const STATES = ["chat-opened", "chat-closed", "chat-mode-changed"];
const { lang } = document.documentElement;

class ChatRoom extends HTMLElement {
  #abort = new AbortController();
  #client = null;
  #log = new ChatLog(this);
  #box = null;
  #news = new Batch((news) => this.#say(news));
  #reading = new ChatReading(this, this.#log);

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    for (const event of ["scroll", "visibilitychange"]) {
      document.addEventListener(event, () => this.#reading.look(), { signal, passive: true, capture: true });
    }
    const meet = (event) => this.#meet(event.detail);
    document.addEventListener("me-changed", meet, { signal });
    this.#box = new ChatBox(this, this.#part("box"), signal);
    this.#log.showLeft(this.#reading.cursor);
    this.#listen();
    me().then((found) => this.#meet(found));
    this.#reading.look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#client?.close();
    this.#news.stop();
    this.#log.own.stop();
    this.#reading.stop();
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
    const count = this.#part("count");
    countOn(this.#client, Number(count.dataset.count), (now) => {
      count.textContent = counted(count.dataset.words, now, lang);
    });
    for (const event of STATES) this.#client.on(event, (told) => this.#turn(told));
    this.#client.on("reset", () => void reload(this));
    this.#client.open();
  }

  #arrive(told) {
    this.#log.count(told);
    if (!told.html) return;
    const known = this.#log.message(told.message);
    if (known) return this.#log.change(told);
    if (!("newest" in this.dataset)) return this.#reading.offer(1);
    const message = this.#log.put(told);
    const isHeard = !message?.classList.contains("is-muted");
    if (message && isHeard) this.#news.add(message);
    if (isHeard && !this.#log.isEndInSight) this.#reading.offer(1);
    this.#reading.look();
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
    this.#log.own.meet(reader);
    this.#offerAnswers();
    if (reader) void this.askAgain();
  }

  /** Hide what the reader muted, show what they follow and what moderators decided, here or elsewhere. */
  async askAgain() {
    const { muted, chats, decided } = await mine();
    this.#log.own.mute(new Mutes(muted));
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
    if (at("[data-earlier] a")) return earlier(this.#log, event);
    if (this.reader && at("[data-follow]")) {
      event.preventDefault();
      return toggleFollowed(this, at("[data-follow]"));
    }
    if (at("[data-permalink]")) return goTo(this.#log, event, at("[data-permalink]"));
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

  #toEnd() {
    if (!("newest" in this.dataset)) return location.assign(this.dataset.url);
    this.#log.toEnd();
    this.#reading.look();
  }

  toEnd() {
    this.#log.toEnd();
  }
}

customElements.define("chat-room", ChatRoom);
