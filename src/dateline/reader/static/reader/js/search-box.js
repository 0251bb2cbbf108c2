// <search-box>: suggestions under the field while the reader types; without them it is a plain form.
// Loads: at once, on the search page only.

import { Choice } from "./models/choice.js";

const PAUSE = 150;
const LIST = "suggestions";

class SearchBox extends HTMLElement {
  #abort = null;
  #asking = null;
  #choice = new Choice();
  /** @type {HTMLInputElement | null} */
  #field = null;
  /** @type {HTMLUListElement | null} */
  #list = null;
  #status = null;
  #timer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#field = this.querySelector("input");
    this.#build();
    this.#field.addEventListener("input", () => this.#soon(), { signal });
    this.#field.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#field.addEventListener("blur", () => this.#close(), { signal });
    // Before the field loses the focus, which would close the list.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.#list.addEventListener("click", (event) => this.#onClick(event), { signal });
    if (location.hash === "#q") this.#field.select();
    if (location.hash === "#q") this.#field.focus();
  }

  disconnectedCallback() {
    this.#abort?.abort();
    this.#asking?.abort();
    clearTimeout(this.#timer);
    this.#list?.remove();
    this.#status?.remove();
  }

  #build() {
    this.#list = document.createElement("ul");
    Object.assign(this.#list, { className: "suggestions", id: LIST, role: "listbox", hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.dataset.listLabel);
    this.#status = document.createElement("p");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.append(this.#list, this.#status);
    const told = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": LIST,
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(told)) this.#field.setAttribute(name, value);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (this.#field.value.trim().length < 2) this.#close();
    else this.#timer = window.setTimeout(() => this.#ask(this.#field.value), PAUSE);
  }

  async #ask(text) {
    this.#asking = new AbortController();
    try {
      const url = `${this.dataset.suggest}&q=${encodeURIComponent(text)}`;
      const answer = await fetch(url, { signal: this.#asking.signal });
      if (answer.ok) this.#show((await answer.json()).suggestions);
    } catch {
      this.#close(); // Aborted, or no connection: the form works all the same.
    }
  }

  #show(rows) {
    this.#list.replaceChildren(...rows.map((row, place) => option(row, place)));
    this.#choice.reset(rows.length);
    this.#mark();
    this.#open(rows.length > 0 && document.activeElement === this.#field);
    this.#status.textContent = this.dataset.statusLabel.replace("{n}", String(rows.length));
  }

  #onKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.#list.children[this.#choice.at];
    if (by && !this.#list.hidden) {
      event.preventDefault();
      this.#choice.move(by);
      this.#mark();
    } else if (event.key === "Enter" && chosen && !this.#list.hidden) {
      event.preventDefault();
      go(chosen);
    } else if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    }
  }

  #onClick(event) {
    const line = event.target.closest("[role=option]");
    if (line) go(line);
  }

  #mark() {
    [...this.#list.children].forEach((line, place) => {
      line.setAttribute("aria-selected", String(place === this.#choice.at));
    });
    const chosen = this.#list.children[this.#choice.at];
    if (chosen) this.#field.setAttribute("aria-activedescendant", chosen.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #open(isOpen) {
    this.#list.hidden = !isOpen;
    this.#field.setAttribute("aria-expanded", String(isOpen));
  }

  #close() {
    this.#choice.reset(0);
    this.#mark();
    this.#open(false);
  }
}

function option({ label, note, url }, place) {
  const line = document.createElement("li");
  line.id = `suggestion-${place}`;
  line.setAttribute("role", "option");
  line.dataset.url = url;
  const [name, kind] = [document.createElement("span"), document.createElement("span")];
  Object.assign(name, { textContent: label, dir: "auto" });
  kind.textContent = note;
  line.append(name, kind);
  return line;
}

function go(line) {
  location.assign(line.dataset.url);
}

customElements.define("search-box", SearchBox);
