// What moderators decided about this reader, over the box: fetched where there is something to know.
// Loads: with the first reader who is logged in.

import { fragment } from "./html.js";

/** Show what there is to know, or nothing. @param {any} room @param {number} count */
export async function showDecided(room, count) {
  const place = room.querySelector("[data-decisions]");
  const answer = count ? await fetch(`/chats/${room.dataset.chat}/told`).catch(() => null) : null;
  place.replaceChildren(fragment(answer?.ok ? await answer.text() : ""));
  for (const form of place.querySelectorAll("form")) form.addEventListener("submit", read);
}

/** Note that one was read, without leaving the page; what is typed stays. */
async function read(event) {
  event.preventDefault();
  const form = event.target;
  const told = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) }).catch(
    () => null,
  );
  if (told?.ok) form.closest("[data-decided]").remove();
}
