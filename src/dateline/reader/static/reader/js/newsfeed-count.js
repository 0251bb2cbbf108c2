// Says how many stories are unread: on the newsfeed's link, in the tab's title and mark, and aloud.
// Loads: with the first unread story.

import { badge, counted } from "./models/plural.js";
import { setWaiting } from "./title.js";

const MARK =
  '<rect width="32" height="32" rx="3" fill="#14181b"/><circle cx="16" cy="16" r="10" fill="none" stroke="#eef1ef" stroke-width="2"/>';
const { lang } = document.documentElement;
const link = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel="icon"]'));
const own = link?.href;

/** Show a count; what is new beside the count before is told to those who do not see it. */
export function showCount(host, count, before) {
  if (count > before)
    host.querySelector("[data-status]").textContent = counted(host.dataset.new, count, lang);
  setWaiting(count);
  if (link) link.href = count ? drawn(badge(count)) : own;
  const place = document.querySelector(".newsfeed-toggle [data-count]");
  if (!place) return;
  place.textContent = badge(count);
  const name = place.parentElement.firstChild.textContent;
  place.parentElement.setAttribute("aria-label", `${name}, ${counted(host.dataset.unread, count, lang)}`);
}

/** The site's mark with a count on it. */
function drawn(words) {
  const size = words.length > 2 ? 13 : 17;
  const text = `<text x="20" y="25" font-family="sans-serif" font-weight="700" font-size="${size}" text-anchor="middle" fill="#14181b">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${MARK}<circle cx="20" cy="19" r="13" fill="#7bd0e0"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
