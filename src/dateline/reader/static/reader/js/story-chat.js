// <story-chat href>: the chat at the end of a story, fetched when the reader comes near it.
// Loads: at once; it only watches.

import { pageOf } from "./html.js";
import { addStyle } from "./parts.js";

const AHEAD = "600px";
const SHOWN = 12; // messages at the end of a story

/** Leave the last messages of a chat, and the way to those before them. */
function shortened(room) {
  const messages = [...room.querySelectorAll("[data-messages] > [data-message]")];
  const [first] = messages.slice(-SHOWN);
  if (messages.length <= SHOWN) return room;
  for (const one of messages.slice(0, -SHOWN)) one.remove();
  const way = room.querySelector("[data-earlier]");
  way.hidden = false;
  way.querySelector("a").href = `${room.dataset.url}?before=${first.dataset.number}`;
  return room;
}

class StoryChat extends HTMLElement {
  #watch = null;

  connectedCallback() {
    if (this.querySelector("chat-room")) return;
    this.#watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void this.#bring(), {
      rootMargin: `0px 0px ${AHEAD}`,
    });
    this.#watch.observe(this);
    if (location.hash.startsWith("#say-")) void this.#bring();
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
  }

  async #bring() {
    this.#watch?.disconnect();
    const answer = await fetch(this.getAttribute("href"), { headers: { accept: "text/html" } }).catch(
      () => null,
    );
    const page = answer?.ok ? pageOf(await answer.text()) : null;
    const room = page?.querySelector("chat-room");
    if (!room || !this.isConnected) return; // the link is still there
    const style = page.querySelector('link[href*="chat"][rel=stylesheet]');
    if (style) await addStyle(style);
    await import("./chat-room.js");
    this.replaceChildren(shortened(document.importNode(room, true)));
    if (location.hash.startsWith("#say-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

customElements.define("story-chat", StoryChat);
