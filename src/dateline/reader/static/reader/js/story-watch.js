// Tells when the newsfeed speaks of one story: an update, a correction, its withdrawal.
// Where the page has the newsfeed it listens to that; else it opens the stream itself.

import { StreamClient } from "./stream.js";

const TOLD = ["story-published", "story-updated", "story-corrected", "story-withdrawn"];

/**
 * Call `changed` when the journal tells of a story; return what stops that.
 * @param {{ channel: string, story: string, after: number }} what
 * @param {() => void} changed
 */
export function watchStory({ channel, story, after }, changed) {
  const hear = (told) => String(told?.story) === story && changed();
  if (document.querySelector("live-newsfeed")) return listenAlong(hear);
  const client = new StreamClient({ channels: [channel], after: after || undefined });
  for (const event of TOLD) client.on(event, hear);
  client.open();
  return () => client.close();
}

function listenAlong(hear) {
  const abort = new AbortController();
  const { signal } = abort;
  document.addEventListener("story-told", (event) => hear(/** @type {any} */ (event).detail), { signal });
  return () => abort.abort();
}
