// The text editor writes style elements into the page. The policy asks for the page's nonce on each,
// so an element made here carries it; a style that comes as markup still has none and is refused.

const { nonce } = document.currentScript;
const { createElement } = Document.prototype;

document.createElement = function createWithNonce(name, options) {
  const element = createElement.call(this, name, options);
  if (String(name).toLowerCase() === "style") element.nonce = nonce;
  return element;
};
