// <story-chat href>: the chat at the end of a story, brought there when the reader asks for it: what stands
// below it moves by the reader's own deed alone.
// Loads: at once; it only listens.

import { pageOf } from "./html.js";
import { isPlain } from "./models/links.js";
import { addStyle } from "./parts.js";

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
  connectedCallback() {
    if (this.querySelector("chat-room")) return;
    this.querySelector("a").addEventListener("click", (event) => this.#onClick(event));
    if (location.hash.startsWith("#say-")) void this.#bring();
  }

  #onClick(event) {
    if (!isPlain(event)) return;
    event.preventDefault();
    void this.#bring();
  }

  /** Open the chat with a box that is about a paragraph. */
  async talkAbout(what) {
    if (!this.querySelector("chat-room")) await this.#bring();
    const room = /** @type {any} */ (this.querySelector("chat-room"));
    room?.querySelector("[data-box]").scrollIntoView({ block: "center" });
    room?.talkAbout(what);
  }

  async #bring() {
    this.setAttribute("aria-busy", "true");
    const answer = await fetch(this.getAttribute("href"), { headers: { accept: "text/html" } }).catch(
      () => null,
    );
    const page = answer?.ok ? pageOf(await answer.text()) : null;
    const room = page?.querySelector("chat-room");
    if (!room) return location.assign(this.getAttribute("href"));
    const style = page.querySelector('link[href*="chat"][rel=stylesheet]');
    if (style) await addStyle(style);
    await import("./chat-room.js");
    this.removeAttribute("aria-busy");
    this.replaceChildren(shortened(document.importNode(room, true)));
    const first = /** @type {HTMLElement | null} */ (this.querySelector("textarea, a"));
    first?.focus({ preventScroll: true });
    if (location.hash.startsWith("#say-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

customElements.define("story-chat", StoryChat);
