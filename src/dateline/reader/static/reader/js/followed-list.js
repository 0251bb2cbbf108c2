// The list of what this browser is notified of among the choices of a form, each with a button that ends it.

/** Show, in a part of the form, which of its choices are followed; nothing where none is. */
export function showFollowed(part, boxes, follows, edition) {
  const named = boxes.map((box) => [`${box.value}/${edition}`, box.parentElement.textContent.trim()]);
  const lines = named.filter(([name]) => follows.has(name)).map((one) => lineOf(one, part.dataset.stop));
  part.querySelector("ul").replaceChildren(...lines);
  part.hidden = !lines.length;
}

function lineOf([name, label], words) {
  const line = document.createElement("li");
  const about = document.createElement("bdi");
  about.textContent = label;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "plain-button", textContent: words });
  button.setAttribute("aria-label", `${words}: ${label}`);
  button.dataset.name = name;
  line.append(about, button);
  return line;
}
