// How long ago something was, in the reader's language, while that says more than a time.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Return "4 min" or "3 hr"; null for what is older than a day, unknown, or in the future.
 * @param {number} then milliseconds
 * @param {number} now milliseconds
 * @param {string} language
 */
export function relativeWords(then, now, language) {
  const age = now - then;
  if (!(age >= -MINUTE) || age >= DAY) return null;
  const [count, unit] =
    age < HOUR ? [Math.max(1, Math.floor(age / MINUTE)), "minute"] : [Math.floor(age / HOUR), "hour"];
  const style = /** @type {const} */ ({ style: "unit", unitDisplay: "short" });
  return new Intl.NumberFormat(language, { ...style, unit }).format(count);
}
