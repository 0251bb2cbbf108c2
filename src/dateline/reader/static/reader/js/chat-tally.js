// How many messages a chat has, beside the way to it: told of while it can be seen, and not a word otherwise.
// Loads: with paragraph-talk.js.

import { counted } from "./models/plural.js";
import { Tally } from "./models/tally.js";
import { StreamClient } from "./stream.js";

const TOLD = ["message-posted", "message-approved", "message-removed", "message-edited"];
const { lang } = document.documentElement;

/** Show a count and keep it. @param {HTMLElement} place @param {{ messages: number, journal: number }} known */
export function keepTally(place, chat, known) {
  const tally = new Tally(known.messages);
  const client = new StreamClient({ channels: [`chat:${chat}`], after: known.journal });
  const show = () => {
    place.textContent = tally.count > 0 ? counted(place.dataset.words, tally.count, lang) : "";
  };
  for (const event of TOLD) {
    client.on(event, (told) => {
      tally.hear(event, told);
      show();
    });
  }
  client.on("reset", () => client.close());
  new IntersectionObserver(([seen]) => (seen.isIntersecting ? client.open() : client.close())).observe(
    place.parentElement,
  );
  show();
}
