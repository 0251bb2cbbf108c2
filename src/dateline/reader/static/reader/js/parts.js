// Dialogs and lines in the edition's language: one page of templates, fetched with the first use.

import { pageOf } from "./html.js";

const script = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-home]"));
export const home = script?.dataset.home ?? "/";
export const edition = script?.dataset.edition ?? "";

/** @type {Promise<Document> | null} */
let fetched = null;

async function load() {
  const answer = await fetch(`${home}-/parts`);
  if (!answer.ok) throw new Error(`parts: ${answer.status}`);
  const page = pageOf(await answer.text());
  await Promise.all([...page.querySelectorAll("link[rel=stylesheet]")].map(addStyle));
  return page;
}

/** Add a style sheet to the page, once. @param {Element} link @returns {Promise<unknown>} */
export function addStyle(link) {
  const href = link.getAttribute("href");
  if (document.querySelector(`link[rel=stylesheet][href="${CSS.escape(href)}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = href;
    style.addEventListener("load", resolve);
    style.addEventListener("error", resolve);
    document.head.append(style);
  });
}

/** Fetch the parts once; after a failure the next use tries again. */
export function parts() {
  fetched ??= load().catch((error) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

/** Return a fresh copy of the part with a name. @returns {Promise<any>} */
export async function part(name) {
  const template = /** @type {HTMLTemplateElement} */ ((await parts()).getElementById(name));
  return document.importNode(template.content, true).firstElementChild;
}
