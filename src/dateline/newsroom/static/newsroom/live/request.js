// Asking the newsroom, and making elements of what it answers.

const HEADERS = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };

/**
 * @param {string} url
 * @param {FormData | undefined} body
 * @returns {Promise<{status: number, answer: any}>} status 0 where nothing sensible was answered
 */
export async function ask(url, body = undefined) {
  try {
    const got = await fetch(url, {
      method: body ? "POST" : "GET",
      body,
      headers: HEADERS,
      cache: "no-store",
    });
    if (got.status === 204) return { status: 204, answer: null };
    const isJson = (got.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (isJson) return { status: got.status, answer: await got.json() };
    return { status: got.ok ? 0 : got.status, answer: null };
  } catch {
    return { status: 0, answer: null };
  }
}

/** @returns {Promise<HTMLElement | null>} the element that an address shows to scripts */
export async function askElement(url) {
  try {
    const got = await fetch(url, { headers: HEADERS, cache: "no-store" });
    return got.ok ? element(await got.text()) : null;
  } catch {
    return null;
  }
}

/** @returns {HTMLElement} the first element of HTML that our own server rendered */
export function element(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return /** @type {HTMLElement} */ (page.body.firstElementChild);
}

/** @returns {FormData} fields as a form sends them, with the token that this page's forms carry */
export function formOf(fields, root) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  const token = /** @type {HTMLInputElement} */ (root.querySelector("[name=csrfmiddlewaretoken]"));
  data.set("csrfmiddlewaretoken", token?.value ?? "");
  return data;
}
