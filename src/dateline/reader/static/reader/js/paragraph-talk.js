// Talk about a story and its paragraphs: how much of it there is, and a button for the words one has chosen.
// Loads: when the page has settled, or on touch, where a story has a chat.

import { jsonAt } from "./asked.js";
import { keepTally } from "./chat-tally.js";
import { counted } from "./models/plural.js";

const A_MOMENT = 250; // milliseconds the choice of words rests before the button is offered
const LONGEST = 200; // letters of a quotation
const PARAGRAPH = ".story-text > p[id^='b-']";
const { lang } = document.documentElement;
const counts = new WeakSet();
const button = document.createElement("button");
let timer = 0;

/** Count what is said about the paragraphs of the stories in a piece of page. */
export function upgrade(root) {
  for (const chat of root.querySelectorAll("story-chat[data-chat]")) if (!counts.has(chat)) void count(chat);
}

async function count(chat) {
  counts.add(chat);
  const story = storyOf(chat);
  const known = await jsonAt(`/chats/${chat.dataset.chat}/blocks.json`);
  if (!known) return;
  const place = chat.querySelector("[data-tally]");
  if (place) keepTally(place, chat.dataset.chat, known);
  for (const [block, number] of Object.entries(known.blocks)) {
    story?.querySelector(`${PARAGRAPH}[id="${CSS.escape(`b-${block}`)}"]`)?.append(link(chat, block, number));
  }
}

function link(chat, block, number) {
  const made = document.createElement("a");
  made.className = "talk-count";
  made.href = `${chat.getAttribute("href")}?about=${block}`;
  made.textContent = new Intl.NumberFormat(lang).format(number);
  made.setAttribute("aria-label", counted(chat.dataset.counts, number, lang));
  made.dataset.nosnippet = "";
  return made;
}

/** The story whose chat this is: the last one before it. @returns {HTMLElement | undefined} */
function storyOf(chat) {
  const before = (story) => story.compareDocumentPosition(chat) & Node.DOCUMENT_POSITION_FOLLOWING;
  return /** @type {any} */ ([...document.querySelectorAll("article.story")].filter(before).at(-1));
}

/** @returns {any} */
function chatOf(story) {
  return [...document.querySelectorAll("story-chat[data-talk]")].find((chat) => storyOf(chat) === story);
}

/** The words chosen, if they lie in one paragraph. */
function chosen() {
  const selection = document.getSelection();
  const words = selection?.toString().trim();
  if (!words || selection.rangeCount === 0) return null;
  const at = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(PARAGRAPH);
  const paragraph = /** @type {HTMLElement | null} */ (at(selection.anchorNode));
  if (!paragraph || paragraph !== at(selection.focusNode)) return null;
  return { paragraph, words, chat: chatOf(paragraph.closest("article.story")) };
}

function offer() {
  const found = chosen();
  if (!found?.chat) {
    if (document.activeElement !== button) button.remove();
    return;
  }
  button.type = "button";
  button.className = "talk-offer";
  button.textContent = found.chat.dataset.talk;
  found.paragraph.after(button);
  button.style.top = `${found.paragraph.offsetTop + found.paragraph.offsetHeight}px`;
  button.onclick = () => talk(found);
}

function talk({ paragraph, words, chat }) {
  const block_quote = words.length > LONGEST ? words.slice(0, LONGEST).replace(/\s+\S*$/, "") : words;
  const { version } = /** @type {HTMLElement} */ (paragraph.closest("article.story")).dataset;
  document.getSelection()?.removeAllRanges();
  button.remove();
  chat.talkAbout({ block: paragraph.id.slice(2), version, block_quote });
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = window.setTimeout(offer, A_MOMENT);
});
