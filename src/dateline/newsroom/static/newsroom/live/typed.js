// Reading and filling the fields of a form.

/** @param {HTMLFormElement} form @returns {Record<string, string>} what the form says, texts alone */
export function entriesOf(form) {
  return Object.fromEntries(/** @type {[string, string][]} */ ([...new FormData(form)]));
}

/** @param {HTMLFormElement} form @param {Record<string, string>} fields */
export function fill(form, fields) {
  for (const input of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    if (!input.name || ["csrfmiddlewaretoken", "action"].includes(input.name)) continue;
    if (input.type === "checkbox") input.checked = input.name in fields;
    else if (input.name in fields) input.value = fields[input.name];
  }
}

/** @param {HTMLFormElement} form */
export function empty(form) {
  for (const input of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    if (!input.name || ["csrfmiddlewaretoken", "action"].includes(input.name)) continue;
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  }
}

/**
 * Bring back what was typed in a form before, and keep what is typed from now on.
 * @param {HTMLFormElement} form
 * @param {import("./models/kept.js").Kept} kept
 * @returns {boolean} whether anything was brought back
 */
export function keepTyped(form, kept) {
  const before = entriesOf(form);
  const said = kept.read();
  if (said) fill(form, said);
  form.addEventListener("input", () => kept.keep(entriesOf(form), { unless: before }));
  return said !== null;
}
