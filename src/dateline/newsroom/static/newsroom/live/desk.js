/**
 * The Live screen. Everything it does is a form of the page, so the page works without it; with it,
 * posts are kept and sent in order, colleagues' posts arrive, and what was done can be undone.
 */

import { Board } from "./board.js";
import { Box, Outcome } from "./box.js";
import { insert } from "./insert.js";
import { Kept } from "./models/kept.js";
import { ask, element, formOf } from "./request.js";
import { entriesOf, keepTyped } from "./typed.js";
import { Undo } from "./undo.js";
import { Watch } from "./watch.js";

class LiveDesk extends HTMLElement {
  #stop = new AbortController();
  #words;
  #board;
  #box;
  #undo;
  #watch;
  #isDown = false;

  connectedCallback() {
    const name = `dateline:live:${this.dataset.account}:${this.dataset.story}`;
    this.#words = /** @type {HTMLElement} */ (this.querySelector("[data-words]")).dataset;
    this.#board = new Board(this, this.#words, name);
    this.#undo = new Undo(this.querySelector("[data-undo]"), this.#words, (number) => this.#takeBack(number));
    this.#watch = new Watch(this, (news, isUp) => this.#heard(news, isUp));
    const form = /** @type {HTMLFormElement | null} */ (this.querySelector("[data-box]"));
    const sent = (outcome, answer) => this.#sent(outcome, answer);
    if (form) this.#box = new Box(form, { words: this.#words, name, sent });
    this.#listen();
    this.#keepForms(name);
    if (this.#box?.resume()) this.#say(this.#words.restored);
    this.#board.resume();
    this.#watch.ask();
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#watch.stop();
    this.#undo.stop();
    this.#box?.stop();
  }

  #listen() {
    const { signal } = this.#stop;
    for (const tools of this.querySelectorAll("[data-tools]")) tools.removeAttribute("hidden");
    this.addEventListener("submit", (event) => this.#submit(/** @type {SubmitEvent} */ (event)), { signal });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("input", () => this.#watch.typing(), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#watch.ask(), { signal });
    window.addEventListener("online", () => this.#watch.ask(), { signal });
    window.addEventListener("offline", () => this.#line(false), { signal });
  }

  #keepForms(name) {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (this.querySelectorAll("[data-keep]"))) {
      const kept = new Kept(localStorage, `${name}:${form.dataset.keep}`);
      if (keepTyped(form, kept)) form.closest("details")?.setAttribute("open", "");
      form.addEventListener("live-done", () => kept.drop());
    }
  }

  #submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector("[data-key]"));
    event.preventDefault();
    if (form.matches("[data-box]")) this.#box.handIn(button);
    else this.#press(form, button);
  }

  /** Do what a button of a form says, and show what came of it. */
  async #press(form, button) {
    const fields = { ...entriesOf(form), [button.name]: button.value };
    button.disabled = true;
    const { status, answer } = await ask(form.getAttribute("action"), formOf(fields, this));
    button.disabled = false;
    if (status !== 200) {
      this.#refused(form, answer?.message ?? this.#words.failed);
      return;
    }
    if (answer.lines === undefined) form.dispatchEvent(new Event("live-done"));
    if (form.dataset.editing) this.#board.leave(form.dataset.editing);
    this.#done(answer);
    this.#lines(form, answer);
  }

  #refused(form, why) {
    const note = form.querySelector("[data-note]");
    if (!note) return this.#say(why, true);
    note.textContent = why;
    note.hidden = false;
    this.#say(why, true);
  }

  #lines(form, answer) {
    const lines = form.querySelector("[data-lines]");
    if (!lines) return;
    lines.replaceChildren(...(answer.lines ? [element(answer.lines)] : []));
    if (!answer.lines) form.elements.namedItem("text").value = "";
  }

  /** Show what came of a deed: the post, what was said, and for how long it can be undone. */
  #done(answer) {
    if (answer.go) location.assign(answer.go);
    if (answer.post) this.#board.apply(answer.post, answer.html, { isMine: true });
    this.#say(answer.said);
    if (answer.undo_seconds) this.#undo.offer(answer.post, answer.said, answer.undo_seconds);
    this.#watch.ask();
  }

  #sent(outcome, answer) {
    if (outcome === Outcome.DONE) this.#done(answer);
    if (outcome === Outcome.REFUSED) this.#say(answer?.message ?? this.#words.failed, true);
    if (outcome === Outcome.LATER) this.#line(false);
  }

  async #takeBack(number) {
    const url = `${location.pathname}${number}/`;
    const { status, answer } = await ask(url, formOf({ action: "undo" }, this));
    if (status !== 200) return this.#say(answer?.message ?? this.#words.failed, true);
    this.#done(answer);
    if (answer.typed.is_draft) this.#box?.refill(answer.typed);
  }

  #heard(news, isUp) {
    this.#line(isUp);
    if (!isUp || !news) return;
    if (news.go) return location.assign(news.go);
    if (news.is_whole) this.#whole(news);
    else for (const [number, html] of Object.entries(news.posts)) this.#board.apply(number, html);
    const who = this.querySelector("[data-who]");
    if (who && who.textContent !== news.who) who.textContent = news.who;
  }

  #whole(news) {
    this.#board.applyAll(news.posts);
    const head = this.querySelector("[data-head]");
    if (!head.contains(document.activeElement)) head.replaceChildren(element(news.head));
  }

  /** Say once that the line is down, and once that it is back; then send what waits. */
  #line(isUp) {
    if (isUp && this.#box?.isWaiting) this.#box.flush();
    if (isUp === !this.#isDown) return;
    this.#isDown = !isUp;
    this.#say(isUp ? this.#words.sent : this.#words.offline, !isUp);
  }

  #click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const tool = /** @type {HTMLElement | null} */ (target.closest("[data-insert]"));
    if (tool) return insert(tool, this.dataset.chooser);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("[data-edit], [data-leave]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const number = /** @type {HTMLElement} */ (link.closest("[data-post]")).dataset.post;
    if (link.matches("[data-leave]")) this.#board.leave(number);
    else this.#edit(number, link.href);
  }

  async #edit(number, url) {
    await this.#board.edit(number, url);
    for (const tools of this.querySelectorAll("[data-tools]")) tools.removeAttribute("hidden");
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const isText = target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Enter" && this.contains(target)) {
      const button = target.closest("form")?.querySelector("[data-key]");
      if (!button) return;
      event.preventDefault();
      target.closest("form").requestSubmit(/** @type {HTMLElement} */ (button));
    }
    if (
      event.key.toLowerCase() === "z" &&
      !event.shiftKey &&
      (!isText || isEmpty(target)) &&
      this.#undo.press()
    ) {
      event.preventDefault();
    }
  }

  #say(text, isDown = false) {
    const status = this.querySelector("[data-status]");
    status.textContent = text;
    status.classList.toggle("is-down", isDown);
  }
}

/** After publishing, the cursor is in the empty box: there is nothing of the text to undo there. */
function isEmpty(field) {
  return field.matches("textarea, input[type=text]") && field.value === "";
}

customElements.define("live-desk", LiveDesk);
