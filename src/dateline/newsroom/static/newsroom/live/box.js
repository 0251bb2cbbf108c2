// The box at the top: what is written there is kept, sent in order, and shown while it waits.

import { Kept } from "./models/kept.js";
import { newKey, Outcome, Unsent } from "./models/unsent.js";
import { ask, formOf } from "./request.js";
import { empty, entriesOf, fill } from "./typed.js";

export class Box {
  #form;
  #words;
  #kept;
  #unsent;
  #list;
  #timer;
  #sent;

  /**
   * @param {HTMLFormElement} form
   * @param {{words: DOMStringMap, name: string, sent: (outcome: string, answer: any) => void}} parts
   */
  constructor(form, { words, name, sent }) {
    this.#form = form;
    this.#words = words;
    this.#sent = sent;
    this.#list = form.querySelector("[data-unsent]");
    this.#kept = new Kept(localStorage, `${name}:box`);
    this.#unsent = new Unsent({
      store: localStorage,
      name: `${name}:unsent`,
      send: (fields) => this.#send(fields),
      tell: ({ outcome, answer }) => this.#told(outcome, answer),
      lock: oneAmongTabs(`${name}:unsent`),
    });
    form.addEventListener("input", () => this.#kept.keep(entriesOf(form)));
    this.#list.addEventListener("click", (event) => this.#press(event));
  }

  /** @returns {boolean} whether something waits to be sent */
  get isWaiting() {
    return this.#unsent.waiting.length > 0;
  }

  /** Bring back what was being written, and send what waits. */
  resume() {
    const said = this.#kept.read();
    if (said) fill(this.#form, said);
    this.#show();
    this.flush();
    return said !== null;
  }

  /** Hand in what is written, by one of the box's buttons. */
  handIn(button) {
    const fields = entriesOf(this.#form);
    const text = this.#field("text");
    if (!fields.headline?.trim() && !fields.text?.trim()) return text.focus();
    if (button.value === "schedule" && !fields.at) return this.#field("at").focus();
    delete fields.csrfmiddlewaretoken;
    this.#unsent.add({ ...fields, action: button.value, client_key: fields.client_key || newKey() });
    empty(this.#form);
    this.#kept.drop();
    this.#show();
    text.focus();
    this.flush();
  }

  /** Put a text into the box, if nothing else is written there. */
  refill(fields) {
    const now = entriesOf(this.#form);
    if (now.text?.trim() || now.headline?.trim()) return false;
    empty(this.#form);
    fill(this.#form, fields);
    this.#kept.keep(entriesOf(this.#form));
    this.#field("text").focus();
    return true;
  }

  /** Send what waits; what cannot be sent now is tried again by itself. */
  async flush() {
    clearTimeout(this.#timer);
    await this.#unsent.flush();
    this.#show();
    if (this.isWaiting) this.#timer = setTimeout(() => this.flush(), this.#unsent.pause || 1000);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #send(fields) {
    const { status, answer } = await ask(this.#form.getAttribute("action"), formOf(fields, this.#form));
    return { status: status === 200 && !answer?.post ? 0 : status, answer };
  }

  #told(outcome, answer) {
    this.#show();
    this.#sent(outcome, answer);
  }

  #show() {
    this.#list.replaceChildren(...this.#unsent.all.map((post) => this.#line(post)));
  }

  #line(post) {
    const line = document.createElement("li");
    line.dataset.key = post.key;
    const state = document.createElement("strong");
    state.textContent = post.refused ? this.#words.refused.replace("{why}", post.refused) : this.#words.waits;
    const text = document.createElement("div");
    text.textContent = [post.fields.headline, post.fields.text].filter(Boolean).join("\n");
    line.append(state, text);
    if (post.refused) line.append(...["rewrite", "discard"].map((what) => this.#button(what)));
    return line;
  }

  #button(what) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.dataset.what = what;
    button.textContent = this.#words[what];
    return button;
  }

  #press(event) {
    const { what } = /** @type {HTMLElement} */ (event.target).dataset;
    const { key } = /** @type {HTMLElement} */ (event.target).closest("li")?.dataset ?? {};
    const post = this.#unsent.all.find((one) => one.key === key);
    if (!what || !post || (what === "rewrite" && !this.refill(post.fields))) return;
    this.#unsent.remove(key);
    this.#show();
  }

  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }
}

/** @returns {(work: () => Promise<void>) => Promise<void>} what lets one tab send at a time */
function oneAmongTabs(name) {
  if (!navigator.locks) return (work) => work();
  return async (work) => {
    await navigator.locks.request(name, work);
  };
}

export { Outcome };
