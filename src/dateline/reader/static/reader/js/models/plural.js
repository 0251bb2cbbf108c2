// A count in words, in the plural form that the language wants.

/** Return "3 new stories" from the forms of a language by their names. @param {string} forms as JSON */
export function counted(forms, number, language) {
  const by = JSON.parse(forms);
  const form = by[new Intl.PluralRules(language).select(number)] ?? by.other;
  return form.replace("{n}", new Intl.NumberFormat(language).format(number));
}

/** Return a count as a badge has room for it: nothing for none, at most 99+. */
export function badge(number) {
  return number > 99 ? "99+" : number ? String(number) : "";
}
