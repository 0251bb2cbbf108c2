// Who is logged in here. Pages are the same for everyone; this is asked once, and only by browsers with the hint.

/** @typedef {{ id: number, name: string, slug: string, avatar: string, staff: boolean, verified: boolean,
 *   theme: string, chats: string }} Reader */
/** @typedef {{ reader: Reader | null, csrf: string, unread: Record<string, number>, follows: string[] }} Me */

/** @returns {Me} */
const nobody = () => ({ reader: null, csrf: "", unread: {}, follows: [] });

/** @type {Promise<Me> | null} */
let asked = null;

/** Say whether it is worth asking: the hint is there while somebody is logged in. */
export const isHinted = () => /(?:^|; )dateline_hint=/.test(document.cookie);

async function ask() {
  const answer = await fetch("/me", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`me: ${answer.status}`);
  return answer.json();
}

/** Return who is logged in; nobody where that cannot be found out just now. @returns {Promise<Me>} */
export const me = () => {
  if (!isHinted()) return Promise.resolve(nobody());
  asked ??= ask().catch(() => {
    asked = null;
    return nobody();
  });
  return asked;
};

/** Ask again, after somebody logged in or out on this page, and tell the page. @returns {Promise<Me>} */
export const meAgain = async () => {
  asked = null;
  const found = await me();
  document.dispatchEvent(new CustomEvent("me-changed", { detail: found }));
  return found;
};
