// <relative-time><time datetime>…</time></relative-time>: "4 min" while fresh, the server's words after a day.
// Loads: idle.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function relativeWords(then, now, language) {
  const age = now - then;
  if (!(age >= -MINUTE) || age >= DAY) return null;
  const [count, unit] = age < HOUR ? [Math.max(1, Math.floor(age / MINUTE)), "minute"] : [Math.floor(age / HOUR), "hour"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count);
}

class RelativeTime extends HTMLElement {
  static #all = new Set();
  static #timer = 0;
  #time = null;
  #absolute = "";

  connectedCallback() {
    this.#time = this.querySelector("time");
    if (!this.#time) return;
    this.#absolute ||= this.#time.textContent;
    RelativeTime.#all.add(this);
    RelativeTime.#timer ||= setInterval(() => RelativeTime.#all.forEach((one) => one.show()), MINUTE / 2);
    this.show();
  }

  disconnectedCallback() {
    RelativeTime.#all.delete(this);
    if (RelativeTime.#all.size) return;
    clearInterval(RelativeTime.#timer);
    RelativeTime.#timer = 0;
  }

  show() {
    const then = Date.parse(this.#time.dateTime);
    this.#time.textContent = relativeWords(then, Date.now(), document.documentElement.lang) ?? this.#absolute;
  }
}

customElements.define("relative-time", RelativeTime);
