// What is saved in this browser, and the buttons that tell of it.

import { Saved } from "./models/saved.js";

function storage() {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

export const saved = new Saved(storage());

/** Tell every button on the page that what is saved has changed. */
export function tell() {
  document.dispatchEvent(new CustomEvent("saved-changed"));
}

/** Return what is saved of the story that an element shows: a whole one, or its card. */
export function storyOf(element) {
  const isWhole = element.matches("article.story");
  const link = isWhole ? null : element.querySelector("a.card-link");
  const url = isWhole ? location.pathname : new URL(link.href).pathname;
  const headline = (isWhole ? element.querySelector("h1") : link).textContent.trim();
  const kicker = element.querySelector(".story-kicker > span:last-child, .kicker > span:last-child");
  const at = element.querySelector("time[datetime]")?.dateTime ?? "";
  return {
    id: element.dataset.story,
    url,
    headline,
    kicker: kicker?.textContent.trim() ?? "",
    at,
    saved: Date.now(),
  };
}

/** Keep a button telling whether a story is saved, until the signal says enough. */
export function keepTelling(button, id, signal) {
  const words = button.textContent;
  const show = () => {
    const isSaved = saved.has(id);
    button.setAttribute("aria-pressed", String(isSaved));
    button.textContent = isSaved ? button.dataset.saved : words;
  };
  document.addEventListener("saved-changed", show, { signal });
  show();
}
