// Logging in, registering and subscribing over the page: the pages of the way in, one after the other, in a dialog. What the
// reader was doing, and what they typed, stays where it is. The same pages work alone, without scripts.
// Loads: on touch.

import { open } from "./dialogs.js";
import { pageOf } from "./html.js";
import { meAgain } from "./me.js";
import { addStyle } from "./parts.js";

const DOORS =
  /^\/(?:account\/(?:login|code|name|second-factor\/authenticate|closed)|subscribe(?:\/sent)?)\/$/;
const SUBSCRIBES = /^\/subscribe\//;
const LETTERS = /^\/letters\//;

/** Open the way in that a link leads to; whoever is led away for it comes back to `hash` of this page. */
export async function openLogin(link, hash = location.hash) {
  const door = new Door(await open("door", link));
  const url = new URL(link.href);
  url.searchParams.set("next", location.pathname + location.search + hash);
  await door.go(url);
}

class Door {
  #dialog;
  #url = location.href;

  constructor(dialog) {
    this.#dialog = dialog;
    dialog.addEventListener("submit", (event) => this.#onSubmit(event));
    dialog.addEventListener("click", (event) => this.#onClick(event));
  }

  /** Ask for a page, or send a form, and show what is answered. */
  async go(url, body = null) {
    this.#dialog.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, body ? { method: "POST", body } : {});
      await this.#show(answer);
    } catch {
      if (!body || !this.#sayFailed()) location.assign(url);
    } finally {
      this.#dialog.removeAttribute("aria-busy");
    }
  }

  /** Say that a form was not taken, where its page has words for that: what was typed stays. */
  #sayFailed() {
    const status = this.#place.querySelector("[data-failed]");
    if (status) status.textContent = status.dataset.failed;
    return Boolean(status);
  }

  async #show(answer) {
    this.#url = answer.url;
    const { pathname } = new URL(answer.url);
    if (LETTERS.test(pathname)) return location.assign(answer.url);
    if (!DOORS.test(pathname)) return this.#enter();
    const page = pageOf(await answer.text());
    if (SUBSCRIBES.test(pathname))
      this.#dialog.setAttribute("aria-label", page.querySelector("h1").textContent);
    for (const link of page.querySelectorAll("link[rel=stylesheet]")) void addStyle(link);
    this.#place.replaceChildren(...page.querySelector(".account-page").childNodes);
    const { lang, dir } = page.documentElement;
    Object.assign(this.#place, { lang, dir });
    if (this.#place.querySelector("subscribe-how")) await import("./subscribe-how.js");
    if (this.#place.querySelector("passkey-form")) await import("./passkey-form.js");
    if (this.#place.querySelector("[data-clock]")) (await import("./own-clock.js")).upgrade(this.#place);
    const first = this.#place.querySelector("[aria-invalid]") ?? this.#place.querySelector(FIELD);
    first?.focus();
  }

  get #place() {
    return this.#dialog.querySelector("[data-place]");
  }

  /** Somebody is logged in: the page learns of it and goes on. */
  async #enter() {
    this.#dialog.close();
    await import("./account-link.js"); // it listens to what is told now
    await meAgain();
  }

  #onSubmit(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.closest("passkey-form, [data-leaves]")) return;
    event.preventDefault();
    if (this.#dialog.hasAttribute("aria-busy")) return; // pressed twice
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
    void this.go(form.getAttribute("action") ? form.action : this.#url, body);
  }

  #onClick(event) {
    const link = event.target.closest("a[href]");
    if (!link || !DOORS.test(new URL(link.href).pathname)) return;
    event.preventDefault();
    void this.go(link.href);
  }
}

const FIELD = "input:not([type=hidden])";
