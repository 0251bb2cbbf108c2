// How many messages a chat has, beside the way to it: told of while it can be seen, and not a word otherwise.
// Loads: with paragraph-talk.js and chat-room.js.

import { counted } from "./models/plural.js";
import { Tally } from "./models/tally.js";
import { StreamClient } from "./stream.js";

/** What is told of messages. */
export const TOLD = ["message-posted", "message-approved", "message-removed", "message-edited"];
const { lang } = document.documentElement;

/** Show a count and keep it. @param {HTMLElement} place @param {{ messages: number, journal: number }} known */
export function keepTally(place, chat, known) {
  const client = new StreamClient({ channels: [`chat:${chat}`], after: known.journal });
  const show = (/** @type {number} */ count) => {
    place.textContent = count > 0 ? counted(place.dataset.words, count, lang) : "";
  };
  countOn(client, known.messages, show);
  client.on("reset", () => client.close());
  new IntersectionObserver(([seen]) => (seen.isIntersecting ? client.open() : client.close())).observe(
    place.parentElement,
  );
  show(known.messages);
}

/** Count a chat's messages on from a number by what a line tells, and show each new count. */
export function countOn(/** @type {StreamClient} */ client, /** @type {number} */ known, show) {
  const tally = new Tally(known);
  for (const event of TOLD) {
    client.on(event, (told) => {
      tally.hear(event, told);
      show(tally.count);
    });
  }
}
