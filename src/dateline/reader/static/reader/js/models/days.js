// The crossings of the date line in a list: which day a line belongs to and what to call it.

/** Return the words for a day such as 2026-11-24 in a language, "Tuesday, November 24, 2026". */
export function dayWords(day, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

function heading(day, language, className) {
  const line = document.createElement("li");
  line.className = className;
  line.dataset.day = day;
  const time = document.createElement("time");
  time.dateTime = day;
  time.textContent = dayWords(day, language);
  line.append(time);
  return line;
}

/** Return the heading a list needs before a line of this day, or null when it stands there already. */
export function crossing(list, day, language) {
  const first = list.querySelector(".feed-day");
  return !day || first?.dataset.day === day ? null : heading(day, language, "feed-day");
}

/**
 * Head each day of a list whose lines say their day; headings that stand there are used again.
 * @param {HTMLElement} list @param {HTMLElement[]} lines @param {string} language
 */
export function headDays(list, lines, language) {
  const headings = new Map();
  for (const old of /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".day")])) {
    headings.set(old.dataset.day, old);
    old.remove();
  }
  let last = "";
  for (const line of lines) {
    const { day } = line.dataset;
    if (day !== last) line.before(headings.get(day) ?? heading(day, language, "day"));
    last = day;
  }
}
