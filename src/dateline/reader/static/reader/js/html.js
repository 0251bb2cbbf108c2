// The one place where html of our own server becomes nodes. No other file parses html.

const asIs = {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: (/** @type {string} */ path) => path,
};

// Where Trusted Types are enforced only this policy may parse. The checker's library has no name for it.
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy("dateline", asIs) ?? asIs;

/** Return the address of a script of ours, as a browser that enforces Trusted Types takes it. */
export function ownScript(path) {
  if (!/^\/(?!\/)/.test(path)) throw new TypeError("a script of ours has an address on this site");
  return policy.createScriptURL(path);
}

/** Return the nodes of a piece of html. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** Return a whole page as a document of its own; nothing in it runs. */
export function pageOf(html) {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}
