// The small dialogs: preferences, share, the list of keys. Closing one gives the focus back.
// Loads: on touch.

import { part } from "./parts.js";

/** Open the dialog of a name over the page. */
export async function open(name, opener) {
  const dialog = await part(name);
  (opener?.closest("dialog[open]") ?? document.body).append(dialog);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", (event) => {
    event.stopPropagation();
    dialog.remove();
    opener?.focus({ preventScroll: true });
  });
  dialog.showModal();
  return dialog;
}

export async function openPreferences(opener) {
  await import("./reader-preferences.js");
  const dialog = await open("preferences", opener);
  dialog.querySelector("[data-lite]").href = `/lite${location.pathname}${location.search}`;
}

export const openKeys = () => open("keys", document.activeElement);

/** Share by the system's own sheet, where it has one that takes this. */
export async function share(opener, shared) {
  if (!navigator.canShare?.(shared)) return openShare(opener, shared);
  await navigator.share(shared).catch(() => undefined); // the reader thought better of it
}

/** Share the page that a button stands in, as a whole and in its first order. */
export async function sharePage(button) {
  await share(button, { title: button.dataset.title, url: `${location.origin}${location.pathname}` });
}

/** Offer the short address to copy, and a mail. */
async function openShare(opener, { title, url }) {
  const dialog = await open("share", opener);
  const address = dialog.querySelector("[data-address]");
  address.value = url;
  address.addEventListener("focus", () => address.select());
  const words = `subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n${url}`)}`;
  dialog.querySelector("[data-mail]").href = `mailto:?${words}`;
  const copy = dialog.querySelector("[data-copy]");
  copy.addEventListener("click", () => void copyFrom(address, copy, dialog));
}

async function copyFrom(address, button, dialog) {
  try {
    await navigator.clipboard.writeText(address.value);
  } catch {
    address.select();
    document.execCommand("copy"); // pages without https have no clipboard
  }
  button.textContent = button.dataset.done;
  dialog.querySelector("[data-status]").textContent = button.dataset.done;
}
