// <subscribe-how>: by which way something is followed. Notifications need no address: they take the place of its field,
// and the browser asks its reader only after the press that sends the form.
// Loads: at once, on the page of subscribing and in its dialog.

import { BrowserPush } from "./browser-push.js";

const PUSH = "push";

class SubscribeHow extends HTMLElement {
  #abort = null;
  #push = new BrowserPush(/** @type {any} */ (this.dataset));

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#part(PUSH).hidden = false;
    this.addEventListener("change", () => this.#show(), { signal });
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  /** Show what the chosen way needs: an address and its consent, or what the browser says. */
  #show() {
    const { state } = this.#push;
    const isPush = this.#isPush;
    for (const part of this.#all("[data-part=mail]")) part.hidden = isPush;
    for (const field of this.#all("[data-part=mail] input")) field.disabled = isPush;
    const button = this.#part("send");
    button.disabled = isPush && state !== "free";
    button.textContent = isPush ? button.dataset.push : button.dataset.mail;
    this.#say(isPush ? state : "");
  }

  #onSubmit(event) {
    if (!this.#isPush) return;
    event.preventDefault();
    void this.#turnOn();
  }

  async #turnOn() {
    const chosen = this.#chosen;
    if (!chosen.length) return this.#say("choose");
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await this.#push.ask();
      if (answer !== "granted") return this.#refused(answer);
      const { subjects } = await this.#push.mine();
      await this.#push.follow([...new Set([...subjects, ...chosen])]);
      this.#done();
    } catch {
      this.#say("failed");
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  /** The reader said no, for ever or for now. */
  #refused(answer) {
    this.#show();
    if (answer !== "denied") this.#say("refused");
  }

  #done() {
    this.#part("send").hidden = true;
    this.#part("manage").hidden = false;
    this.#say("on");
  }

  #say(word) {
    const status = this.#part("told");
    status.textContent = status.dataset[word] ?? "";
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.closest("form"));
  }

  get #isPush() {
    return new FormData(this.#form).get("pace") === PUSH;
  }

  get #chosen() {
    return new FormData(this.#form).getAll("what").map(String);
  }

  /** @returns {any[]} */
  #all(selector) {
    return [...this.querySelectorAll(selector)];
  }

  /** @returns {any} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

customElements.define("subscribe-how", SubscribeHow);
