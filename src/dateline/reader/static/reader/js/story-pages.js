// Stories as pages fetched from the server, for a moment also ahead of the click.

import { pageOf } from "./html.js";

const FRESH = 10_000; // milliseconds for which a story fetched ahead will do
/** @type {Map<string, { at: number, page: Promise<StoryPage> }>} */
const ahead = new Map();

/** @typedef {{ url: string, status: number, page: Document, journal: number }} StoryPage */

/** What went wrong with a fetch: "offline", "failed", or "other" for what is no page of ours. */
export class NotFetched extends Error {}

/** Fetch a story's page. @param {string} url @param {AbortSignal} [signal] @returns {Promise<StoryPage>} */
export async function fetchStory(url, signal) {
  const answer = await fetch(url, { headers: { accept: "text/html" }, signal }).catch((error) => {
    throw error.name === "AbortError" ? error : new NotFetched(navigator.onLine ? "failed" : "offline");
  });
  if (answer.status >= 500 || answer.status === 429) throw new NotFetched("failed");
  const page = pageOf(await answer.text());
  if (!page.querySelector("main") || new URL(answer.url).origin !== location.origin) {
    throw new NotFetched("other");
  }
  /** @type {HTMLMetaElement} */
  const journal = page.querySelector('meta[name="dateline-journal"]');
  return { url: answer.url, status: answer.status, page, journal: Number(journal?.content ?? 0) };
}

/** Fetch a story that the reader is about to open. */
export function fetchAhead(url) {
  const known = ahead.get(url);
  if (known && Date.now() - known.at < FRESH) return;
  const page = fetchStory(url);
  page.catch(() => ahead.delete(url));
  ahead.set(url, { at: Date.now(), page });
}

/** Return a story: the one fetched ahead a moment ago, else fetched now. */
export function storyPage(url, signal) {
  const known = ahead.get(url);
  ahead.delete(url);
  return known && Date.now() - known.at < FRESH ? known.page : fetchStory(url, signal);
}
