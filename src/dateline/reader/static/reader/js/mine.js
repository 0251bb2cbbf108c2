// The chats this reader takes part in, how far each is read, whom they mute, and how much they were told of.
// Loads: with what asks.

import { jsonAt } from "./asked.js";
import { me } from "./me.js";

/** @typedef {{ chats: { chat: number, number: number, follows: boolean }[], decided?: number,
 *   muted: { readers?: string[], words?: string[] }, notices?: number }} Mine */

/** @returns {Promise<Mine>} */
export async function mine() {
  const { reader } = await me();
  const told = (reader && (await jsonAt("/chats/mine.json"))) || { chats: [], muted: {} };
  tellUnseen(told);
  return told;
}

/** Have the page show how many replies and mentions are unread, if an answer says so. */
export function tellUnseen({ notices }) {
  if (notices !== undefined) document.dispatchEvent(new CustomEvent("notices-told", { detail: notices }));
}
