// The time that is left, as a clock shows it. It is compared with the machine's clock anew each time,
// so that a tab which slept, or ticked late, shows the right time when it is looked at.

const SECOND = 1000;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** @returns {string} `0:57` or `1:02:03` for so many seconds; nothing for a day or more */
export function asClock(seconds) {
  if (seconds >= DAY) return "";
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  if (seconds < HOUR) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** Counts down to a moment that a server gave as so many seconds from now: their clocks may differ. */
export class Countdown {
  #ends;
  #now;

  constructor(seconds, now = Date.now) {
    this.#now = now;
    this.#ends = now() + seconds * SECOND;
  }

  /** @returns {number} whole seconds that are left; 0 when it is over */
  get left() {
    return Math.max(0, Math.ceil((this.#ends - this.#now()) / SECOND));
  }

  /** @returns {number} milliseconds until `left` is another number */
  get untilNext() {
    return Math.max(0, this.#ends - this.#now()) % SECOND || SECOND;
  }
}
