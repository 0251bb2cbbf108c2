// The pictures of a story, large: arrows, swipe, caption and credit, a counter; Esc or Back closes.
// Loads: on touch of a picture.

import { pushLayer } from "./history.js";
import { wayOf } from "./models/swipe.js";
import { part } from "./parts.js";

/** Show a picture large, among the others of its story. */
export async function openLightbox(button) {
  const all = [...button.closest(".story").querySelectorAll("button.enlarge")];
  new Lightbox(await part("lightbox"), all, all.indexOf(button)).open(button);
}

class Lightbox {
  #all;
  #place;
  #dialog;
  #opener;
  #from = null;

  constructor(dialog, all, place) {
    this.#dialog = dialog;
    this.#all = all;
    this.#place = place;
    dialog.addEventListener("click", (event) => this.#onClick(event));
    dialog.addEventListener("keydown", (event) => this.#onKey(event));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      event.stopPropagation();
      history.back();
    });
    dialog.addEventListener("pointerdown", (event) => {
      this.#from = event;
    });
    dialog.addEventListener("pointerup", (event) => this.#go(wayOf(this.#from, event, this.#isRtl)));
  }

  get #isRtl() {
    return getComputedStyle(this.#dialog).direction === "rtl";
  }

  open(opener) {
    this.#opener = opener;
    (opener.closest("dialog") ?? document.body).append(this.#dialog);
    this.#show();
    this.#dialog.showModal();
    pushLayer(() => this.#close());
  }

  #close() {
    this.#dialog.close();
    this.#dialog.remove();
    this.#opener.focus({ preventScroll: true });
  }

  #onClick({ target }) {
    if (target.closest("[data-before]")) this.#go(-1);
    else if (target.closest("[data-after]")) this.#go(1);
    else if (target === this.#dialog || target.closest("[data-close]")) history.back();
  }

  #onKey(event) {
    const forward = this.#isRtl ? "ArrowLeft" : "ArrowRight";
    const way = { ArrowLeft: -1, ArrowRight: -1, [forward]: 1, Home: -this.#place, End: this.#all.length }[
      event.key
    ];
    if (way === undefined) return;
    event.preventDefault();
    this.#go(way);
  }

  #go(by) {
    const place = Math.max(0, Math.min(this.#all.length - 1, this.#place + by));
    if (place === this.#place) return;
    this.#place = place;
    this.#show();
  }

  #show() {
    const button = this.#all[this.#place];
    const figure = button.closest("figure");
    this.#part("[data-picture]").replaceWith(large(button.querySelector("picture")));
    const credit = figure.querySelector("figcaption .credit")?.textContent ?? "";
    const text = figure.querySelector("figcaption")?.textContent.replace(credit, "").trim() ?? "";
    this.#part("[data-caption]").textContent = text;
    this.#part("[data-credit]").textContent = credit;
    const many = this.#all.length > 1;
    const words = this.#dialog.dataset.counter
      .replace("{n}", this.#place + 1)
      .replace("{all}", this.#all.length);
    this.#part("[data-count]").textContent = many ? words : "";
    this.#part("[data-before]").hidden = !many;
    this.#part("[data-after]").hidden = !many;
    this.#part("[data-before]").disabled = this.#place === 0;
    this.#part("[data-after]").disabled = this.#place === this.#all.length - 1;
  }

  #part(selector) {
    return this.#dialog.querySelector(selector);
  }
}

/** Return a copy of a picture that fills the screen. */
function large(picture) {
  const copy = picture.cloneNode(true);
  copy.dataset.picture = "";
  for (const node of copy.querySelectorAll("[sizes]")) node.setAttribute("sizes", "100vw");
  copy.querySelector("img").loading = "eager";
  return copy;
}
