// <breaking-alert>: the alert in force, over any open page within a second, each told to a reader once.
// A page that does not show alerts itself fetches the one in force; after that the stream tells.
// Loads: idle.

import { fragment, pageOf } from "./html.js";
import { AlertLedger } from "./models/alerts.js";
import { Preference } from "./models/preference.js";
import { edition, home } from "./parts.js";
import { StreamClient } from "./stream.js";

const LONGEST = 2 ** 31 - 1; // milliseconds a timer of the browser can wait
const journalOf = (page) => Number(page.querySelector("meta[name=dateline-journal]")?.content) || undefined;

class BreakingAlert extends HTMLElement {
  #life = new AbortController();
  #client = null;
  #kept = new Preference("alerts");
  #ledger = new AlertLedger();
  #watch = new MutationObserver(() => this.#settle());
  #timer = 0;

  connectedCallback() {
    const { signal } = this.#life;
    window.addEventListener("storage", ({ key }) => key?.endsWith("alerts") && this.#look(), { signal });
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    this.#place.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.#watch.observe(document.body, { attributes: true, attributeFilter: ["open"], subtree: true });
    this.#settle();
    if (this.hasAttribute("data-known")) this.#listen(journalOf(document));
    else this.#fetch().then((journal) => this.#life.signal.aborted || this.#listen(journal));
    this.#look();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#watch.disconnect();
    this.#client?.close();
    clearTimeout(this.#timer);
  }

  /** @type {HTMLElement} */ #place = this.querySelector("[data-alert-place]");

  /** @returns {HTMLElement} */
  get #banner() {
    return this.#place.querySelector("[data-alert]");
  }

  get #number() {
    return Number(this.#banner?.dataset.alert);
  }

  #listen(after) {
    this.#client = new StreamClient({ channels: [`newsfeed:${edition}`], after });
    for (const event of ["alert-raised", "alert-changed"])
      this.#client.on(event, ({ html }) => html && this.#show(html));
    this.#client.on("alert-ended", ({ alert }) => alert === this.#number && this.#take());
    this.#client.on("reset", () => this.#fetch());
    this.#client.open();
  }

  /** Show the alert in force, if any, and return the journal number it was read at. */
  async #fetch() {
    const answer = await fetch(`${home}-/now`).catch(() => null);
    if (!answer?.ok) return undefined;
    const page = pageOf(await answer.text());
    const banner = page.querySelector("[data-alert]");
    if (banner) this.#show(banner.outerHTML);
    else this.#take();
    return journalOf(page);
  }

  #show(html) {
    const hadFocus = this.#banner?.contains(document.activeElement);
    this.#take();
    this.#place.append(fragment(html));
    this.#look();
    if (hadFocus) /** @type {HTMLElement} */ (this.#banner?.querySelector("a, button"))?.focus();
  }

  /** Compare what stands here with what this browser knows and with the clock. */
  #look() {
    const banner = this.#banner;
    if (!banner) return;
    const left = Date.parse(banner.dataset.until) - Date.now();
    this.#ledger.read(this.#kept.value);
    if (left <= 0 || this.#ledger.isGone(this.#number)) return this.#take();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), Math.min(left + 50, LONGEST));
    banner.querySelector("[data-dismiss]").removeAttribute("hidden");
    banner.dataset.shown ||= this.#ledger.isKnown(this.#number) ? "again" : "first";
    if (!document.hidden) this.#announce(banner);
  }

  #announce(banner) {
    if (this.#ledger.isKnown(this.#number)) return;
    this.#ledger.announced(this.#number);
    this.#kept.value = this.#ledger.text;
    const words = banner.querySelector(".alert-words").textContent;
    this.#place.querySelector("[data-say]").textContent = `${banner.ariaLabel}: ${words}`;
  }

  #take() {
    clearTimeout(this.#timer);
    this.#banner?.remove();
    this.#place.querySelector("[data-say]").textContent = "";
  }

  #onClick(event) {
    if (!event.target.closest("[data-dismiss]")) return;
    this.#ledger.dismissed(this.#number);
    this.#kept.value = this.#ledger.text;
    this.#take();
  }

  /** Stand inside whatever dialog is open: the page behind one can be neither heard nor touched. */
  #settle() {
    const host = [...document.querySelectorAll("dialog:modal")].at(-1) ?? this;
    if (this.#place.parentElement !== host) host.append(this.#place);
  }
}

customElements.define("breaking-alert", BreakingAlert);
