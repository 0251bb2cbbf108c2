// The small additions: a quote, a picture, an embed, put into the text where the cursor is.

import { pictureLine, withPart } from "./models/typing.js";

const PARTS = {
  quote: { part: "> \n-- ", at: 2 },
  embed: { part: "[embed https://]", at: 15 },
};

/** @param {HTMLElement} button @param {string} chooser the address of the pictures' chooser */
export function insert(button, chooser) {
  const text = /** @type {HTMLTextAreaElement} */ (button.closest("form").querySelector("[data-text]"));
  const { part, at } = PARTS[button.dataset.insert] ?? {};
  if (part) return put(text, part, at);
  const { ImageChooserModal } = /** @type {any} */ (window);
  new ImageChooserModal(chooser).open({}, (picture) => {
    const line = pictureLine(picture.id);
    put(text, line, line.length);
  });
}

function put(text, part, at) {
  const now = withPart(text.value, text.selectionStart ?? text.value.length, part);
  text.value = now.text;
  text.focus();
  text.setSelectionRange(now.from + at, now.from + at);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
