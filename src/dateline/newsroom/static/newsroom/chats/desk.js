/**
 * The moderators' queue. Everything it does is a form of the page, so the page works without it;
 * with it, one key decides, the message leaves, the next is at hand, and what was done can be undone.
 */

import { ask, askElement, formOf } from "../live/request.js";
import { Undo } from "../live/undo.js";
import { after, askedBy, next } from "./models/walk.js";
import { Panel } from "./panel.js";

const UNDO_SECONDS = 20;
const EVERY = 10_000;
const MOST = 99;

class ChatsDesk extends HTMLElement {
  #stop = new AbortController();
  #words;
  #panel;
  #undo;
  #timer;
  #left = new Map();

  connectedCallback() {
    this.#words = /** @type {HTMLElement} */ (this.querySelector("[data-words]")).dataset;
    this.#panel = new Panel(this.querySelector("[data-panel]"), this.#words);
    this.#undo = new Undo(this.querySelector("[data-undo]"), this.#words, (numbers) =>
      this.#takeBack(numbers),
    );
    const { signal } = this.#stop;
    this.addEventListener("submit", (event) => this.#submit(/** @type {SubmitEvent} */ (event)), { signal });
    this.addEventListener("focusin", (event) => this.#at(event.target), { signal });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("change", () => this.#count(), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#row(this.#numbers[0])?.focus({ preventScroll: true });
    this.#timer = setInterval(() => document.hidden || this.#news(), EVERY);
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#panel.stop();
    this.#undo.stop();
    clearInterval(this.#timer);
  }

  get #numbers() {
    return [...this.querySelectorAll("[data-message]")].map(
      (row) => /** @type {HTMLElement} */ (row).dataset.message,
    );
  }

  get #hand() {
    const row = document.activeElement?.closest("[data-message]");
    return /** @type {HTMLElement | null} */ (row);
  }

  #row(number) {
    if (number === undefined) return null;
    return /** @type {HTMLElement | null} */ (this.querySelector(`[data-message="${CSS.escape(number)}"]`));
  }

  #at(target) {
    const row = target.closest("[data-message]");
    const link = row?.querySelector("[data-open]");
    if (link) this.#panel.show(row.dataset.message, link.href);
  }

  #click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("[data-message]"));
    if (row && !target.closest("a, button, input, label, summary, details")) row.focus();
  }

  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const isText = target.matches("textarea, select, [contenteditable], input:not([type=checkbox])");
    if (event.key === "Escape") return this.#close();
    if (isText || event.defaultPrevented) return;
    const asked = askedBy(event);
    if (asked && this.#answer(asked)) event.preventDefault();
  }

  /** @returns {boolean} whether a key meant something here */
  #answer(asked) {
    if (asked === "down" || asked === "up") return this.#go(asked === "down" ? 1 : -1);
    if (asked === "undo") return this.#undo.press();
    const row = this.#hand;
    if (!row) return false;
    if (asked === "choose") return this.#press(row.querySelector(".mod-choose input"));
    if (asked === "open") return this.#press(row.querySelector("[data-open]"));
    if (asked === "reject") return this.#reject(row);
    const ground = /^ground:(\d)$/.exec(asked)?.[1];
    if (ground)
      return this.#press(row.querySelector(`.mod-reject[open] .mod-grounds button:nth-of-type(${ground})`));
    return this.#press(row.querySelector(`[data-deeds] [value$="${asked}"]`));
  }

  #go(by) {
    const row = this.#row(next(this.#numbers, this.#hand?.dataset.message, by));
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
    return row !== null;
  }

  #press(button) {
    button?.click();
    return Boolean(button);
  }

  #reject(row) {
    const details = /** @type {HTMLDetailsElement | null} */ (row.querySelector(".mod-reject"));
    if (!details) return false;
    details.open = true;
    /** @type {HTMLElement} */ (details.querySelector("button")).focus();
    return true;
  }

  #close() {
    const details = /** @type {HTMLDetailsElement | null} */ (
      document.activeElement?.closest(".mod-reject[open]")
    );
    if (!details) return;
    details.open = false;
    /** @type {HTMLElement} */ (details.querySelector("summary")).focus();
  }

  async #submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button && form.matches(".mod-aside form:not([data-deeds])")) return this.#about(event, form, button);
    if (!form.matches("[data-deeds], [data-batch]") || !button) return;
    event.preventDefault();
    const data = new FormData(form, button);
    this.#fade(data.getAll("message"), true);
    const { status, answer } = await ask(this.dataset.desk, data);
    this.#fade(data.getAll("message"), false);
    if (status !== 200)
      return this.#say(answer?.message ?? (status ? this.#words.failed : this.#words.offline));
    this.#decided(answer, button.value);
  }

  /** A form about the author at hand, beside the queue: the queue stays where it is. */
  async #about(event, form, button) {
    event.preventDefault();
    const { status, answer } = await ask(form.getAttribute("action"), new FormData(form, button));
    if (status !== 200)
      return this.#say(answer?.message ?? (status ? this.#words.failed : this.#words.offline));
    this.#say(answer.said);
    this.#panel.again();
  }

  #decided(answer, action) {
    this.#say("");
    this.#counts(answer.counts);
    const stays = action.endsWith("feature");
    if (stays) return location.reload();
    this.#leave(answer.messages.map(String));
    if (answer.decisions.length) this.#undo.offer(answer.decisions.join(","), answer.said, UNDO_SECONDS);
    else this.#say(answer.said);
  }

  /** Take messages out of the list, keep them for undoing, and go on with the next. */
  #leave(gone) {
    const to = after(this.#numbers, gone, this.#hand?.dataset.message);
    this.#left.clear();
    for (const number of gone) {
      const row = this.#row(number);
      if (!row) continue;
      this.#left.set(row, row.nextElementSibling);
      /** @type {HTMLInputElement} */ (row.querySelector(".mod-choose input")).checked = false;
      row.querySelector(".mod-reject")?.removeAttribute("open");
    }
    for (const row of this.#left.keys()) row.remove();
    this.#row(to)?.focus();
    this.#count();
  }

  async #takeBack(numbers) {
    const data = formOf({ action: "undo" }, this);
    for (const number of numbers.split(",")) data.append("decision", number);
    const { status, answer } = await ask(this.dataset.desk, data);
    if (status !== 200) return this.#say(answer?.message ?? this.#words.failed);
    this.#counts(answer.counts);
    const list = this.querySelector("[data-queue-list]");
    const rows = [...this.#left].toReversed();
    for (const [row, before] of rows) list.insertBefore(row, before?.isConnected ? before : null);
    /** @type {HTMLElement | undefined} */ (rows.at(-1)?.[0])?.focus();
    this.#left.clear();
  }

  async #news() {
    const { status, answer } = await ask(this.dataset.news);
    if (status !== 200) return;
    this.#counts(answer.counts);
    await this.#heat(answer.hot);
  }

  /** Show which chats heat up, as soon as others do than those on the screen. */
  async #heat(hot) {
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-hot-place]"));
    const shown = /** @type {HTMLElement} */ (place.firstElementChild).dataset.hot?.trim();
    if (shown === hot || place.contains(document.activeElement)) return;
    const fresh = await askElement(this.dataset.heat);
    if (fresh) place.replaceChildren(fresh);
  }

  #counts(counts) {
    for (const tab of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-tab]"))) {
      const count = counts[tab.dataset.tab];
      const shown = /** @type {HTMLElement} */ (tab.querySelector("[data-count]"));
      shown.textContent = count > MOST ? `${MOST}+` : String(count);
      shown.hidden = !count;
    }
    const more = /** @type {HTMLElement} */ (this.querySelector("[data-more]"));
    const list = this.querySelector("[data-queue-list]");
    more.hidden = !list || counts[this.dataset.queue] <= list.children.length;
  }

  #count() {
    const chosen = this.querySelectorAll(".mod-choose :checked").length;
    const said = this.querySelector("[data-chosen]");
    if (said) said.textContent = this.#words.chosen.replace("{n}", String(chosen));
  }

  #fade(numbers, isLeaving) {
    for (const number of numbers) this.#row(String(number))?.classList.toggle("is-leaving", isLeaving);
  }

  #say(text) {
    this.querySelector("[data-status]").textContent = text;
  }
}

customElements.define("chats-desk", ChatsDesk);
