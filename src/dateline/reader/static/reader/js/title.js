// The title of the tab: what is read, and before it how many new stories wait.

let words = document.title;
let count = 0;

function show() {
  document.title = count ? `(${count}) ${words}` : words;
}

/** The title without the count. */
export function titleWords() {
  return words;
}

/** Set what the tab is called. */
export function setTitle(text) {
  words = text;
  show();
}

/** Set how many new stories wait. */
export function setWaiting(number) {
  count = number;
  show();
}
