// <subscribe-how>: by which way something is followed. Notifications need no address: they take the place of its field,
// and the browser asks its reader only after the press that sends the form.
// Loads: at once, on the page of subscribing and in its dialog.

import { BrowserPush, whyNot } from "./browser-push.js";
import { showFollowed } from "./followed-list.js";
import { notifiedOf } from "./notified.js";

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
    this.#part("followed").addEventListener("click", (event) => this.#onStop(event), { signal });
    this.#show();
    void this.#begin();
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  /** Show what this browser is notified of already: as the house knows it, or as it was kept where that is away. */
  async #begin() {
    const told = await this.#push.mine().catch(() => ({ follows: notifiedOf() ?? [] }));
    this.#showFollowed(told.follows);
    await import("./follow-links.js"); // it listens to what is told from now on
  }

  #showFollowed(follows) {
    showFollowed(this.#part("followed"), this.#all("[name=what]"), new Set(follows), this.dataset.edition);
    this.#part("manage").hidden = !follows.length;
  }

  /** End what a line names; the next field has the focus, since the button is gone. */
  #onStop({ target }) {
    const name = target.closest("[data-name]")?.dataset.name;
    if (!name) return;
    void this.#do(async () => {
      const { follows } = await this.#push.leave([name], "stop");
      this.#showFollowed(follows);
      this.#part("send").hidden = false;
      this.#all("[name=what]")[0].focus();
      this.#say("ended");
    });
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
    const { edition } = this.dataset;
    const chosen = this.#chosen.map((subject) => `${subject}/${edition}`);
    if (!chosen.length) return this.#say("choose");
    await this.#do(async () => {
      const answer = await this.#push.ask();
      if (answer !== "granted") return this.#refused(answer);
      const { follows, clock } = await this.#push.follow(chosen, "on");
      this.#showFollowed(follows);
      this.#part("send").hidden = true;
      this.#say(clock ? "on" : "clock");
    });
  }

  /** Do something that takes a while, and say what goes wrong. */
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

  /** The reader said no, for ever or for now. */
  #refused(answer) {
    this.#show();
    if (answer !== "denied") this.#say("refused");
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
    return [...this.#form.querySelectorAll(selector)];
  }

  /** @returns {any} */
  #part(name) {
    return this.#form.querySelector(`[data-part="${name}"]`);
  }
}

customElements.define("subscribe-how", SubscribeHow);
