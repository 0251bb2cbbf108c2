// Two stories on one page must not have two things of one name.

const POINTING = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];

/**
 * Rename those ids inside a root that are taken, and what points at them.
 * @param {ParentNode} root
 * @param {(id: string) => boolean} isTaken
 * @param {string} suffix
 */
export function keepIdsApart(root, isTaken, suffix) {
  const renamed = new Map();
  for (const node of root.querySelectorAll("[id]")) {
    if (!isTaken(node.id)) continue;
    renamed.set(node.id, node.id + suffix);
    node.id += suffix;
  }
  if (renamed.size) point(root, renamed);
}

/**
 * Name the parts of a story after its headline too, where another story has parts of the same names.
 * @param {ParentNode} root
 * @param {Element} head
 */
export function nameApart(root, head) {
  for (const node of root.querySelectorAll("aside, nav, section, footer")) {
    const own = node.getAttribute("aria-labelledby");
    const label = node.getAttribute("aria-label");
    if (label) node.setAttribute("aria-label", `${label}: ${head.textContent.trim()}`);
    else node.setAttribute("aria-labelledby", own ? `${own} ${head.id}` : head.id);
    if (node.tagName === "FOOTER") node.setAttribute("role", "group"); // a page has one foot
  }
}

function point(root, renamed) {
  for (const name of POINTING) {
    for (const node of root.querySelectorAll(`[${name}]`)) {
      const ids = node.getAttribute(name).split(/\s+/);
      node.setAttribute(name, ids.map((id) => renamed.get(id) ?? id).join(" "));
    }
  }
  for (const link of root.querySelectorAll('a[href^="#"]')) {
    const id = link.getAttribute("href").slice(1);
    if (renamed.has(id)) link.setAttribute("href", `#${renamed.get(id)}`);
  }
}
