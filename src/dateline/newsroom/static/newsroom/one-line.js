// A text area of one line: it wraps on the screen, but nobody breaks the line, by hand or by pasting.

const isOneLine = (event) =>
  event.target instanceof HTMLTextAreaElement && event.target.matches("[data-one-line]");

document.addEventListener("beforeinput", (event) => {
  if (isOneLine(event) && event.inputType === "insertLineBreak") event.preventDefault();
});

document.addEventListener("input", (event) => {
  const area = /** @type {HTMLTextAreaElement} */ (event.target);
  if (!isOneLine(event) || !area.value.includes("\n")) return;
  const place = area.selectionStart;
  area.value = area.value.replace(/\n/g, " ");
  area.setSelectionRange(place, place);
});
