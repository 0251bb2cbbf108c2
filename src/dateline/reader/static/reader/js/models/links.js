// Which clicks on which links a page answers itself; all others belong to the browser.

const STORY = /\/\d{8}\/[^/]*\.html$/;

/**
 * Say whether an address is that of a story of this site.
 * @param {URL} url
 * @param {string} origin
 */
export function isStory(url, origin) {
  return url.origin === origin && STORY.test(url.pathname);
}

/** Say whether a click means "follow the link here": no other button, no key held, nobody was first. */
export function isPlain(event) {
  const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return !event.defaultPrevented && event.button === 0 && !held;
}

/** Say whether a link asks for nothing special of the browser. */
export function isOrdinary(link) {
  const target = link.getAttribute("target");
  return (!target || target === "_self") && !link.hasAttribute("download");
}
