// The ways about in a chat: to a message that is on the page, to earlier ones, to all of it anew.
// Loads: with chat-room.js.

import { pageOf } from "./html.js";

const MEANT = 3_000; // milliseconds a message that was gone to is marked

async function fetched(url) {
  const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
  return answer?.ok ? pageOf(await answer.text()) : null;
}

/** Go to the message that a link is of, if it is on the page; else the link is a link. */
export function goTo(log, event, link) {
  const target = log.message(new URL(link.href).pathname.split("/").at(-1));
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "center" });
  target.classList.add("is-meant");
  setTimeout(() => target.classList.remove("is-meant"), MEANT);
}

/** Put the messages before these above them. */
export async function earlier(log, event) {
  event.preventDefault();
  const link = event.target.closest("a");
  const page = await fetched(link.href);
  if (!page) return location.assign(link.href);
  log.putBefore(page);
}

/** Take the whole chat from the server again: too much has happened to be told. */
export async function reload(room) {
  const fresh = (await fetched(room.dataset.url))?.querySelector("chat-room");
  if (fresh) room.replaceWith(document.importNode(fresh, true));
}
