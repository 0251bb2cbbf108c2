// Asking this site for what is no page.
// Loads: with what asks.

/**
 * Return what stands at an address as JSON; null where there is nothing, no line, or no end of it: a page that is
 * left cuts what it was still reading. @returns {Promise<any>}
 */
export async function jsonAt(url) {
  const answer = await fetch(url).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}
