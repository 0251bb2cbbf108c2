// Completes the name of somebody who spoke in a chat, after an @.
// Loads: with the first @ in the box.

import { jsonAt } from "./asked.js";
import { begunName, withName } from "./models/naming.js";

const A_MOMENT = 120; // milliseconds without a key before the server is asked
let lists = 0;

export class ChatNames {
  #text;
  #url;
  #list = document.createElement("ul");
  #timer = 0;

  /** @param {HTMLTextAreaElement} text @param {string} url */
  constructor(text, url) {
    this.#text = text;
    this.#url = url;
    this.#list.className = "chat-names";
    this.#list.id = `chat-names-${++lists}`;
    this.#list.role = "listbox";
    this.#list.hidden = true;
    this.#list.setAttribute("aria-label", "@");
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) =>
      this.#choose(/** @type {any} */ (event.target).closest("li")),
    );
    text.setAttribute("aria-controls", this.#list.id);
    text.setAttribute("aria-autocomplete", "list");
    text.addEventListener("blur", () => this.#hide());
    text.after(this.#list);
  }

  look() {
    clearTimeout(this.#timer);
    const begun = begunName(this.#text.value, this.#text.selectionStart);
    if (!begun) return this.#hide();
    this.#timer = window.setTimeout(() => this.#ask(begun), A_MOMENT);
  }

  async #ask(begun) {
    const { people = [] } = (await jsonAt(`${this.#url}?q=${encodeURIComponent(begun)}`)) ?? {};
    if (begun !== begunName(this.#text.value, this.#text.selectionStart)) return;
    this.#list.replaceChildren(...people.map((one, at) => this.#line(one, at)));
    this.#list.hidden = people.length === 0;
    this.#point(this.#list.firstElementChild);
  }

  #line({ slug, name }, at) {
    const line = document.createElement("li");
    line.role = "option";
    line.id = `${this.#list.id}-${at}`;
    line.dataset.slug = slug;
    const own = document.createElement("span");
    own.textContent = `@${slug}`;
    line.append(name, " ", own);
    return line;
  }

  #point(line) {
    for (const one of this.#list.children) one.setAttribute("aria-selected", String(one === line));
    if (line) this.#text.setAttribute("aria-activedescendant", line.id);
    else this.#text.removeAttribute("aria-activedescendant");
  }

  get #pointed() {
    return this.#list.querySelector("[aria-selected=true]");
  }

  /** Take a key if the list is open; say whether it was taken. */
  press(event) {
    if (this.#list.hidden) return false;
    const steps = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
    if (event.key in steps) this.#point(this.#pointed?.[steps[event.key]] ?? this.#list.firstElementChild);
    else if (["Enter", "Tab"].includes(event.key)) this.#choose(this.#pointed);
    else if (event.key === "Escape") this.#hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #choose(line) {
    if (!line) return;
    const made = withName(this.#text.value, this.#text.selectionStart, line.dataset.slug);
    this.#text.value = made.text;
    this.#text.setSelectionRange(made.caret, made.caret);
    this.#hide();
    this.#text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #hide() {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#point(null);
  }
}
