// Makes the pictures of a story buttons that show them large.
// Loads: idle.

/** Let the pictures inside a document or an element be enlarged. */
export function upgrade(root) {
  for (const picture of root.querySelectorAll(".story figure picture")) {
    if (picture.closest("button, a, .byline")) continue;
    const name = picture.querySelector("img").alt || caption(picture);
    if (name) wrap(picture, name);
  }
}

function caption(picture) {
  return picture.closest("figure").querySelector("figcaption")?.textContent.trim();
}

function wrap(picture, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "enlarge";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-label", name);
  picture.replaceWith(button);
  button.append(picture);
  button.addEventListener("click", () =>
    import("./lightbox.js").then(({ openLightbox }) => openLightbox(button)),
  );
}
