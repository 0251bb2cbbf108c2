// Loads what a piece of page has, each when it is due. A module gets the piece if it exports `upgrade`.

const DUE_AT_ONCE = [
  { has: "newsfeed-drawer", load: () => import("./newsfeed-drawer.js") },
  { has: "live-coverage", load: () => import("./live-coverage.js") },
  { has: "search-box", load: () => import("./search-box.js") },
  { has: "reader-preferences", load: () => import("./reader-preferences.js") },
  { has: "browser-notices", load: () => import("./browser-notices.js") },
  { has: "subscribe-how", load: () => import("./subscribe-how.js") },
  { has: "[data-clock]", load: () => import("./own-clock.js") },
  { has: "saved-stories", load: () => import("./saved-stories.js") },
  { has: "passkey-form", load: () => import("./passkey-form.js") },
  { has: "chat-room", load: () => import("./chat-room.js") },
  { has: "chat-list", load: () => import("./chat-list.js") },
  { has: "story-chat", load: () => import("./story-chat.js") },
];

const isKnown = () => document.cookie.includes("dateline_hint=");
const isNotified = () => globalThis.Notification?.permission === "granted";
const wantsChats = () => document.documentElement.dataset.chats !== "off";

const DUE_WHEN_IDLE = [
  { has: "relative-time", load: () => import("./relative-time.js") },
  { has: "story-actions", load: () => import("./story-actions.js") },
  { has: ".story figure picture", load: () => import("./story-pictures.js") },
  { has: "[data-alert]", load: () => import("./breaking-alert.js") },
  { has: "[data-account]", load: () => isKnown() && import("./account-link.js") },
  { has: ".follow-link", load: () => (isKnown() || isNotified()) && import("./follow-links.js") },
  { has: "[data-account]", load: () => isKnown() && wantsChats() && import("./notice-count.js") },
];

/** What brings the stream waits until the page has settled, or the reader does something. */
const DUE_WHEN_SETTLED = [
  { has: "live-newsfeed", load: () => import("./live-newsfeed.js") },
  { has: "story-chat", load: () => wantsChats() && import("./paragraph-talk.js") },
  { has: "breaking-alert", load: () => import("./breaking-alert.js") },
];
const SETTLED = 1_500; // milliseconds
const TOUCHES = ["pointermove", "pointerdown", "keydown", "scroll"];

const idle = (work) =>
  window.requestIdleCallback ? requestIdleCallback(work, { timeout: 1500 }) : setTimeout(work, 200);

const settled = (work) => {
  const once = new AbortController();
  const go = () => {
    clearTimeout(timer);
    once.abort();
    idle(work);
  };
  const timer = setTimeout(go, SETTLED);
  for (const touch of TOUCHES) document.addEventListener(touch, go, { signal: once.signal, passive: true });
};

/** Load what is used inside a document or an element. */
export function wake(root) {
  const bring = async ({ has, load }) => root.querySelector(has) && (await load())?.upgrade?.(root);
  for (const due of DUE_AT_ONCE) bring(due);
  idle(() => {
    for (const due of DUE_WHEN_IDLE) bring(due);
  });
  settled(() => {
    for (const due of DUE_WHEN_SETTLED) bring(due);
  });
}
