// What a reader does with a message: reactions where it stands, everything else in a small dialog made of the
// message's own page.
// Loads: on touch.

import { pageOf } from "./html.js";
import { parts } from "./parts.js";

const page = (message) => new URL(message.querySelector("[data-act]").href).pathname;

/** React, or take it back. */
export async function toggle(room, message, kind) {
  const told = await room.post(page(message), { react: kind });
  if (!told.ok) room.querySelector("[data-status]").textContent = told.message ?? "";
}

/** Offer the six reactions under a message, or put them away. */
export function pick(room, message) {
  const old = message.querySelector(".reaction-picker");
  if (old) return old.remove();
  const kinds = room.querySelector("[data-reaction-kinds]").content.firstElementChild.cloneNode(true);
  message.querySelector(".message-tools").after(kinds);
  kinds.querySelector("button").focus();
  kinds.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    toggle(room, message, button.value);
    kinds.remove();
    message.querySelector("[data-reactions]").focus({ preventScroll: true });
  });
  kinds.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    kinds.remove();
    message.querySelector("[data-reactions]").focus({ preventScroll: true });
  });
}

/** Show all that can be done with a message. */
export async function openDeeds(room, message, opener) {
  // With the parts comes the style of dialogs.
  const [answer] = await Promise.all([fetch(page(message)), parts()]).catch(() => []);
  const found = answer?.ok ? pageOf(await answer.text()).querySelector("[data-deeds]") : null;
  if (!found) return location.assign(page(message));
  const dialog = document.createElement("dialog");
  dialog.className = "small-dialog chat-deeds";
  dialog.setAttribute("aria-label", opener.textContent);
  dialog.append(document.importNode(found, true));
  (room.closest("dialog[open]") ?? document.body).append(dialog);
  listen(room, dialog, opener);
  dialog.showModal();
  /** @type {HTMLElement | null} */
  const box = dialog.querySelector("textarea:not([readonly])");
  (box ?? dialog.querySelector("button, a"))?.focus();
}

function listen(room, dialog, opener) {
  dialog.addEventListener("submit", (event) => void send(event, room, dialog));
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
    const share = target.closest("[data-share]");
    if (share) void shareIt(share);
    const copy = target.closest("[data-copy-quote]");
    if (copy) void copyQuote(copy);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener.isConnected) opener.focus({ preventScroll: true });
  });
}

async function send(event, room, dialog) {
  event.preventDefault();
  const { submitter, target } = event;
  const fields = Object.fromEntries(new FormData(target, submitter));
  const told = await room.post(target.getAttribute("action"), fields);
  if (told.ok && fields.deed === "mute") void room.askAgain();
  if (told.ok && !told.notice) return dialog.close();
  const line = dialog.querySelector("[data-told]");
  line.textContent = told.notice || told.message;
  line.classList.toggle("is-trouble", !told.ok);
}

async function shareIt(button) {
  const { share } = await import("./dialogs.js");
  await share(button, { title: document.title, url: new URL(button.dataset.share, location.origin).href });
}

/** Put a quotation into the clipboard; where that is refused it is chosen, ready to be copied. */
async function copyQuote(button) {
  const text = button.parentElement.querySelector("textarea");
  text.select();
  const copied = await navigator.clipboard?.writeText(text.value).then(
    () => true,
    () => false,
  );
  if (copied) button.closest("dialog").querySelector("[data-told]").textContent = button.dataset.done;
}
