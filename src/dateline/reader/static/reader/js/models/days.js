// The crossings of the date line in a list: which day a line belongs to and what to call it.

/** Return the words for a day such as 2026-11-24 in a language, "Tuesday, November 24, 2026". */
export function dayWords(day, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

/** Return the heading a list needs before a line of this day, or null when it stands there already. */
export function crossing(list, day, language) {
  const first = list.querySelector(".feed-day");
  if (!day || first?.dataset.day === day) return null;
  const heading = document.createElement("li");
  heading.className = "feed-day";
  heading.dataset.day = day;
  const time = document.createElement("time");
  time.dateTime = day;
  time.textContent = dayWords(day, language);
  heading.append(time);
  return heading;
}
