// The name that is being typed after an @, and what the text is once one is chosen.

const BEGUN = /(?:^|[^\w@/])@([\p{L}\p{N}_-]{1,40})$/u;

/** Return what was typed of a name before the caret, or nothing. */
export function begunName(/** @type {string} */ text, /** @type {number} */ caret) {
  return BEGUN.exec(text.slice(0, caret))?.[1] ?? "";
}

/**
 * Return the text with a name in place of what was typed of it, and where the caret is then.
 * @param {string} text
 * @param {number} caret
 * @param {string} slug
 */
export function withName(text, caret, slug) {
  const begun = begunName(text, caret);
  const head = `${text.slice(0, caret - begun.length)}${slug} `;
  return { text: head + text.slice(caret), caret: head.length };
}
