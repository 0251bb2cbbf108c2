// Adds the next page of a list to the list, instead of going to it.
// Loads: on touch of "Older stories".

import { moveTo } from "./history.js";
import { pageOf } from "./html.js";
import { part } from "./parts.js";

const A_MOMENT = 150;
const LIST = ".river, [data-stories]";

/** Put the stories that a link leads to under those above it. */
export async function addOlder(link) {
  const place = link.closest("[data-older]");
  const list = place.parentElement.querySelector(LIST);
  if (place.ariaBusy === "true") return;
  if (!list) return location.assign(link.href);
  place.ariaBusy = "true";
  const timer = setTimeout(async () => place.append(await part("older-loading")), A_MOMENT);
  const page = await fetchPage(link.href);
  clearTimeout(timer);
  place.ariaBusy = "false";
  place.querySelector(".older-loading")?.remove();
  place.querySelector(".older-failed")?.remove();
  if (page) return add(page, list, place, link);
  const line = await part("older-failed");
  line.querySelector("[data-retry]").addEventListener("click", () => void addOlder(link));
  place.append(line);
}

async function fetchPage(url) {
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    return answer.ok ? pageOf(await answer.text()) : null;
  } catch {
    return null;
  }
}

async function add(page, list, place, link) {
  const fresh = newIn(page.querySelector(LIST), list);
  list.append(...fresh);
  moveTo(link.href);
  const rest = page.querySelector("[data-older]");
  rest?.querySelector(".newest")?.remove();
  const newest = place.querySelector(".newest");
  place.replaceChildren(...[newest, ...(rest?.children ?? [])].filter(Boolean));
  fresh
    .map((row) => row.querySelector("a.card-link, .live-when a"))
    .find(Boolean)
    ?.focus();
  const line = await part("older-came");
  line.textContent = line.textContent.replace("{n}", fresh.filter(nameOf).length);
  place.append(line);
}

/** What a row is of: a story, or a live post. */
const nameOf = (row) => row.dataset.story ?? row.dataset.post;

/** Return the rows a list does not have yet, without a heading that stands there already. */
function newIn(from, list) {
  const known = new Set([...list.querySelectorAll("[data-story], [data-post]")].map(nameOf));
  const last = (heading) => [...list.querySelectorAll(`${heading} time`)].at(-1)?.dateTime;
  const days = [last(".year"), last(".day")];
  const day = (row) => row.querySelector(":scope > time")?.dateTime;
  const isKnown = (row) => (nameOf(row) === undefined ? days.includes(day(row)) : known.has(nameOf(row)));
  return [...(from?.children ?? [])].filter((row) => !isKnown(row));
}
