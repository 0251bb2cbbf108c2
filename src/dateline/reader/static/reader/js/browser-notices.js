// <browser-notices>: what this browser notifies its reader of. The browser is asked only after a press.
// Loads: at once, on the page of preferences.

import { BrowserPush, whyNot } from "./browser-push.js";

class BrowserNotices extends HTMLElement {
  #abort = null;
  #push = new BrowserPush(/** @type {any} */ (this.dataset));

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#part("on").addEventListener("click", () => this.#do(() => this.#turnOn()), { signal });
    this.#part("off").addEventListener("click", () => this.#do(() => this.#turnOff()), { signal });
    this.#part("sent").addEventListener("click", () => this.#do(() => this.#openSent()), { signal });
    this.addEventListener("change", ({ target }) => this.#do(() => this.#choose(target)), { signal });
    this.#do(() => this.#begin());
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  async #begin() {
    if (this.#push.state !== "free") return this.#show(this.#push.state);
    const { follows, names } = await this.#push.mine();
    if (!follows.length) return this.#show("off");
    const known = this.#boxes.map(({ value }) => value);
    for (const box of this.#boxes) box.checked = follows.includes(box.value);
    for (const name of follows) {
      if (!known.includes(name)) this.#part("choices").append(boxOf(name, names[name]));
    }
    this.#show("on");
  }

  async #turnOn() {
    if (!this.#chosen.length) return this.#say("choose");
    const answer = await this.#push.ask();
    if (answer !== "granted") return this.#show(answer === "denied" ? "denied" : "off");
    const { clock } = await this.#push.follow(this.#chosen, "on");
    this.#show("on");
    if (!clock) this.#say("clock");
  }

  /** Open the list of what came, by a link that the house gives to whoever knows this browser's endpoint. */
  async #openSent() {
    const url = await this.#push.sent();
    if (url) location.assign(url);
    else this.#show("off");
  }

  async #turnOff() {
    await this.#push.stop("off");
    this.#show("off");
  }

  /** Another choice counts at once where notifications are on; without any they are off. What is not shown stays. */
  async #choose(box) {
    if (this.dataset.state !== "on") return;
    const { value, checked } = box;
    try {
      const { follows } = await (checked
        ? this.#push.follow([value], "box")
        : this.#push.leave([value], "box"));
      if (!follows.length) return this.#show("off");
      this.#say("kept");
    } catch (error) {
      box.checked = !checked;
      throw error;
    }
  }

  /** Do something that takes a while; what goes wrong is said, and nothing is lost. */
  async #do(work) {
    this.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      this.#say(whyNot(error));
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  #show(state) {
    this.dataset.state = state;
    this.#part("on").hidden = state !== "off";
    this.#part("off").hidden = state !== "on";
    this.#part("sent").hidden = state !== "on";
    this.#part("choices").disabled = state === "none" || state === "denied";
    this.#say(state);
  }

  #say(word) {
    const status = this.#part("told");
    status.textContent = status.dataset[word] ?? "";
  }

  /** @returns {any} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  get #boxes() {
    return [...this.querySelectorAll("input")];
  }

  get #chosen() {
    return this.#boxes.filter((box) => box.checked).map((box) => box.value);
  }
}

/** Return the box of something that was followed elsewhere, such as a topic. */
function boxOf(value, name) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", value, checked: true });
  const words = document.createElement("bdi");
  words.textContent = name;
  label.append(box, " ", words);
  return label;
}

customElements.define("browser-notices", BrowserNotices);
