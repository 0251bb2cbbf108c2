// Following a chat: the link becomes a switch for whoever is logged in.
// Loads: with chat-room.js.

/** Show whether the chat is among the reader's own. @param {HTMLElement} room @param {boolean} isOwn */
export function showFollowed(room, isOwn) {
  const link = room.querySelector("[data-follow]");
  link?.setAttribute("role", "button");
  link?.setAttribute("aria-pressed", String(isOwn));
}

/** Follow the chat, or do so no more. @param {any} room @param {HTMLAnchorElement} link */
export async function toggleFollowed(room, link) {
  const follow = link.getAttribute("aria-pressed") === "true" ? "no" : "yes";
  showFollowed(room, follow === "yes");
  const told = await room.post(link.getAttribute("href"), { follow });
  showFollowed(room, told.ok ? told.follows : follow !== "yes");
  if (!told.ok) room.querySelector("[data-status]").textContent = told.message ?? "";
}
