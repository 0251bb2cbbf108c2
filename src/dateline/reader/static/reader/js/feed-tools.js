// Narrows the newsfeed: the form of its own page, shown in the drawer and kept for this edition.
// Loads: on touch of "Filter".

import { pageOf } from "./html.js";
import { choiceText } from "./models/feed-choice.js";

/** @returns {[string, string, string]} */
const facetOf = (select) => [select.name, select.value, select.selectedOptions[0].dataset.key ?? ""];

/** Show the form above the lines, or put it away. */
export async function toggleFilters(link) {
  const drawer = link.closest("newsfeed-drawer");
  const list = drawer.querySelector("live-newsfeed");
  const old = drawer.querySelector("[data-filter]");
  if (old) {
    old.remove();
    return link.setAttribute("aria-expanded", "false");
  }
  await customElements.whenDefined("live-newsfeed"); // a quick reader may be here before it
  const { query } = list.choice;
  const answer = await fetch(`${list.getAttribute("home")}${query && `?${query}`}`);
  if (!answer.ok) return query ? list.choose("") : location.assign(link.href);
  const form = /** @type {HTMLFormElement} */ (pageOf(await answer.text()).querySelector("[data-filter]"));
  link.setAttribute("aria-expanded", "true");
  list.before(form);
  form.querySelector("select").focus();
  listen(form, list, link);
}

function listen(form, list, link) {
  const choose = () => list.choose(choiceText([...form.querySelectorAll("select")].map(facetOf)));
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
    form.remove();
    link.setAttribute("aria-expanded", "false");
    link.focus();
  });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-filter-none]")) return;
    event.preventDefault();
    for (const select of form.querySelectorAll("select")) select.value = "";
    choose();
  });
}
