// Saves stories in this browser, with their pictures, so that the worker can show them without a network.

import { saved, tell } from "./saved-here.js";
import { fetchStory } from "./story-pages.js";

const CACHE = "dateline-saved";

/** Save a story: at once in the list, then page and pictures for reading offline. */
export async function save(story) {
  saved.add(story);
  tell();
  navigator.storage?.persist?.().catch(() => undefined);
  await keepCopy(story.url).catch(() => undefined);
}

export async function remove(story) {
  saved.remove(story.id);
  tell();
  if (!("caches" in window)) return;
  const cache = await caches.open(CACHE);
  await cache.delete(story.url);
}

async function keepCopy(url) {
  if (!("caches" in window)) return;
  const cache = await caches.open(CACHE);
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  await cache.put(url, answer.clone());
  await Promise.allSettled((await picturesOf(url)).map((src) => cache.add(src)));
}

async function picturesOf(url) {
  const { page } = await fetchStory(url);
  const pictures = page.querySelectorAll("main article img");
  return [...pictures].map((img) => img.getAttribute("src")).filter((src) => src.startsWith("/"));
}

/** Look after the copies: fetch each again; return those that the newsroom has withdrawn, now taken out. */
export async function refresh() {
  const gone = [];
  for (const story of saved.all) {
    const answer = await fetch(story.url, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.status === 404 || answer?.status === 410) {
      await remove(story);
      gone.push(story);
    } else if (answer?.ok) await keepCopy(story.url).catch(() => undefined);
  }
  return gone;
}

/** Save a story, or remove it when it is saved; return whether it is saved now. */
export async function toggle(story) {
  if (saved.has(story.id)) {
    await remove(story);
    return false;
  }
  await save(story);
  return true;
}
