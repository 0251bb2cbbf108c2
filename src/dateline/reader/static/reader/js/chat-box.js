// The box of a chat: what is typed survives reloads and a login, and is posted by the reader's own click alone.
// Loads: with chat-room.js.

import { fragment } from "./html.js";
import { Draft } from "./models/draft.js";

const FEW = 200; // characters left from which on they are counted

export class ChatBox {
  #room;
  #form;
  #draft;
  #reader = null;
  #names = null;

  /** @param {any} room @param {HTMLFormElement} form @param {AbortSignal} signal */
  constructor(room, form, signal) {
    this.#room = room;
    this.#form = form;
    this.#draft = new Draft(room.dataset.chat);
    form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    form.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    form.querySelector("[data-no-answer]").addEventListener("click", () => this.#answer({}), { signal });
    form.querySelector("[data-no-about]").addEventListener("click", () => this.talkAbout({}), { signal });
    this.#text.addEventListener("input", () => this.#onInput(), { signal });
    this.#restore();
  }

  /** @returns {HTMLTextAreaElement} */
  get #text() {
    return this.#form.querySelector("[name=text]");
  }

  /** @returns {any} */
  #part(name) {
    return this.#form.querySelector(`[data-${name}]`);
  }

  #restore() {
    const typed = this.#text.value; // before this script was there
    const kept = typed ? this.#draft.keep({ text: typed }) : this.#draft.value;
    if (kept.text) this.#text.value = kept.text;
    this.#show(kept);
    this.#count();
  }

  /** Somebody is logged in, or nobody is: then the invitation stands where the button would be. */
  meet(reader) {
    this.#reader = reader;
    this.#part("invite").hidden = Boolean(reader);
    this.#part("post").hidden = !reader;
    this.#part("as").hidden = !reader;
    this.#part("as-name").textContent = reader?.name ?? "";
  }

  allow(isOpen) {
    this.#form.hidden = !isOpen;
  }

  /** Answer a message: its first words stand above the box. */
  answer(message) {
    const words = message.querySelector(".message-text").textContent.trim();
    const name = message.querySelector("[data-name]").textContent;
    this.#answer({ answers: message.dataset.message, name, words: words.slice(0, 140) });
    this.#text.focus();
  }

  #answer({ answers = "", name = "", words = "" }) {
    this.#show(this.#draft.keep({ answers, name, words }));
  }

  /** Talk about a paragraph: the words chosen in it stand above the box. */
  talkAbout({ block = "", version = "", block_quote = "" }) {
    this.#show(this.#draft.keep({ block, version, block_quote }));
    this.#text.focus();
  }

  #show({ answers, name, words, ...about }) {
    for (const [field, value] of Object.entries({ answers, ...about })) {
      const input = /** @type {any} */ (this.#form.elements.namedItem(field));
      if (input?.type === "hidden") input.value = value;
    }
    this.#part("about").hidden = !about.block;
    this.#part("about-words").textContent = about.block_quote;
    this.#part("answering").hidden = !answers;
    this.#part("answering-name").textContent = name;
    this.#part("answering-words").textContent = words;
  }

  #onInput() {
    this.#draft.keep({ text: this.#text.value });
    this.#count();
    this.#tell("");
    if (this.#names || this.#text.value.includes("@")) this.#complete();
  }

  async #complete() {
    const { ChatNames } = await import("./chat-names.js");
    this.#names ??= new ChatNames(this.#text, `/chats/${this.#room.dataset.chat}/people`);
    this.#names.look();
  }

  #count() {
    const left = this.#text.maxLength - this.#text.value.length;
    this.#part("letters").hidden = left > FEW;
    this.#part("letters").textContent = this.#room.dataset.letters.replace("{n}", String(left));
  }

  #onKey(event) {
    if (this.#names?.press(event)) return;
    if (event.key === "Escape") this.#text.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      this.#form.requestSubmit(this.#part("post"));
    if (event.key === "Escape") event.stopPropagation();
  }

  #onSubmit(event) {
    event.preventDefault();
    if (this.#reader) this.#send();
    else this.#enter(event.submitter ?? this.#form);
  }

  /** Log in over the page, where the text stays as it is. */
  async #enter(opener) {
    this.#draft.keep({ text: this.#text.value });
    opener.href = new URL(this.#room.dataset.door, location.origin).href;
    try {
      (await import("./login-dialog.js")).openLogin(opener, `#${this.#form.id}`);
    } catch {
      const back = `${location.pathname}${location.search}#${this.#form.id}`;
      location.assign(`${opener.href}&next=${encodeURIComponent(back)}`);
    }
  }

  async #send() {
    const button = this.#part("post");
    const { key } = this.#draft.keep({ text: this.#text.value });
    const fields = Object.fromEntries(new FormData(this.#form));
    button.disabled = true;
    const told = await this.#room.post(this.#form.action, { ...fields, client_key: key, go: "post" });
    button.disabled = false;
    if (!told.ok) return this.#tell(told.message, true);
    this.#draft.drop();
    this.#text.value = "";
    this.#show(this.#draft.value);
    this.#count();
    if (told.html) this.#room.querySelector("[data-messages]").append(fragment(told.html));
    this.#tell(told.notice);
    if (told.url) this.#part("told").append(" ", linkTo(told.url, told.look));
  }

  #tell(words, isTrouble = false) {
    const place = this.#part("told");
    place.textContent = words;
    place.classList.toggle("is-trouble", isTrouble);
  }
}

/** @param {string} url @param {string} words */
function linkTo(url, words) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = words;
  return link;
}
