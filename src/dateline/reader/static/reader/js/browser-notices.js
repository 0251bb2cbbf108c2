// <browser-notices>: what this browser notifies its reader of. The browser is asked only after a press.
// Loads: at once, on the page of preferences.

import { BrowserPush } from "./browser-push.js";

class BrowserNotices extends HTMLElement {
  #abort = null;
  #push = new BrowserPush(/** @type {any} */ (this.dataset));

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#part("on").addEventListener("click", () => this.#do(() => this.#turnOn()), { signal });
    this.#part("off").addEventListener("click", () => this.#do(() => this.#turnOff()), { signal });
    this.addEventListener("change", () => this.#do(() => this.#choose()), { signal });
    this.#do(() => this.#begin());
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  async #begin() {
    if (this.#push.state !== "free") return this.#show(this.#push.state);
    const { subjects, names } = await this.#push.mine();
    if (!subjects.length) return this.#show("off");
    for (const box of this.#boxes) box.checked = subjects.includes(box.value);
    const known = this.#boxes.map(({ value }) => value);
    for (const subject of subjects) {
      if (names[subject] && !known.includes(subject))
        this.#part("choices").append(boxOf(subject, names[subject]));
    }
    this.#show("on");
  }

  async #turnOn() {
    if (!this.#chosen.length) return this.#say("choose");
    const answer = await this.#push.ask();
    if (answer !== "granted") return this.#show(answer === "denied" ? "denied" : "off");
    await this.#push.follow(this.#chosen);
    this.#show("on");
  }

  async #turnOff() {
    await this.#push.stop();
    this.#show("off");
  }

  /** Another choice counts at once where notifications are on; without any they are off. */
  async #choose() {
    if (this.dataset.state !== "on") return;
    if (!this.#chosen.length) return this.#turnOff();
    await this.#push.follow(this.#chosen);
    this.#say("kept");
  }

  /** Do something that takes a while; what goes wrong is said, and nothing is lost. */
  async #do(work) {
    this.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch {
      this.#say("failed");
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  #show(state) {
    this.dataset.state = state;
    this.#part("on").hidden = state !== "off";
    this.#part("off").hidden = state !== "on";
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
function boxOf(subject, name) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", value: subject, checked: true });
  const words = document.createElement("bdi");
  words.textContent = name;
  label.append(box, " ", words);
  return label;
}

customElements.define("browser-notices", BrowserNotices);
