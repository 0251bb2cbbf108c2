// The text of an event stream, read block by block wherever its bytes were cut.

/** @typedef {{ id?: number, event?: string, retry?: number, channels?: string[], data: string }} Block */

export class Blocks {
  #rest = "";

  /** Take what came and return the blocks it completes. @returns {Block[]} */
  take(/** @type {string} */ text) {
    const texts = (this.#rest + text).split("\n\n");
    this.#rest = texts.pop() ?? "";
    return texts.map(blockOf);
  }
}

function blockOf(/** @type {string} */ text) {
  const data = [];
  /** @type {Block} */ const block = { data: "" };
  for (const line of text.split("\n")) {
    const [, name, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === "data") data.push(value);
    else if (name === "event") block.event = value;
    else if (name === "channels") block.channels = value.split(",");
    else if (name === "id" || name === "retry") block[name] = Number(value);
  }
  return { ...block, data: data.join("\n") };
}
