// The chats this reader takes part in, how far each is read, and whom they mute.
// Loads: with what asks.

import { me } from "./me.js";

/** @typedef {{ chats: { chat: number, number: number }[], muted: { readers?: string[], words?: string[] } }} Mine */

/** @returns {Promise<Mine>} */
export async function mine() {
  const { reader } = await me();
  const answer = reader ? await fetch("/chats/mine.json").catch(() => null) : null;
  return answer?.ok ? answer.json() : { chats: [], muted: {} };
}
