// The signs by which a text says that a part is a quote, a picture or an embed.

/**
 * Put a part of its own into a text, at the place of the cursor, between empty lines.
 * @param {string} text
 * @param {number} at
 * @param {string} part
 * @returns {{text: string, from: number, to: number}} the text, and where the part stands in it
 */
export function withPart(text, at, part) {
  const before = text.slice(0, at).replace(/\n*$/, "");
  const after = text.slice(at).replace(/^\n*/, "");
  const head = before ? `${before}\n\n` : "";
  const tail = after ? `\n\n${after}` : "";
  return { text: `${head}${part}${tail}`, from: head.length, to: head.length + part.length };
}

/** The line by which a text shows a picture. */
export function pictureLine(number, caption = "") {
  const plain = caption.replace(/[|\]\n]/g, " ").trim();
  return plain ? `[picture ${number} | ${plain}]` : `[picture ${number}]`;
}
