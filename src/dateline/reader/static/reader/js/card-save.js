// Offers to save the story of a card, as soon as a pointer or the focus is on the card. A finger does not
// hover: from its first touch on every card offers it.
// Loads: on touch of a card.

import { part } from "./parts.js";
import { keepTelling, storyOf } from "./saved-here.js";
import { toggle } from "./saving.js";

const CARD = ".card[data-story]:not(.saved-story)";
const offered = new WeakSet();

/** Put the button into a card. */
export async function offer(card) {
  if (offered.has(card)) return;
  offered.add(card);
  const button = await part("card-save");
  const { id, headline } = storyOf(card);
  button.setAttribute("aria-label", button.dataset.label.replace("{headline}", headline));
  button.addEventListener("click", () => void toggle(storyOf(card)));
  keepTelling(button, id);
  const line = card.querySelector("p.when");
  if (line) line.append(button);
  else card.querySelector(".card-head")?.after(button);
}

/** Put the button into every card of the page. */
export function offerAll() {
  for (const card of document.querySelectorAll(CARD)) void offer(card);
}
