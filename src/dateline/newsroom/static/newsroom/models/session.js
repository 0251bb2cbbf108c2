// A session that ends while somebody writes: what is being saved waits until they have signed in again.
//
// Every request of the newsroom's scripts goes through `fetch`. One that is answered 401 is held back,
// the notice is shown, and the same request is sent again after a sign-in in another tab.

const LOOK_AGAIN = 3000;

/** @returns {string} the token that forms must carry; signing in changes it */
export function token(cookies = document.cookie) {
  return /(?:^|;\s*)dateline_csrf=([^;]+)/.exec(cookies)?.[1] ?? "";
}

/** The notice, and the one wait that all held requests share. */
export class Session {
  #notice;
  #url;
  #fetch;
  #waiting = null;

  constructor(notice, fetcher = window.fetch.bind(window)) {
    this.#notice = notice;
    this.#url = notice.dataset.session;
    this.#fetch = fetcher;
  }

  /** Send a request; where it needs a sign-in, wait for that and send it again. */
  async send(target, options = {}) {
    for (;;) {
      const answer = await this.#try(target, options);
      if (answer && !(await this.#needsSignIn(answer))) return answer;
      await this.signedIn();
    }
  }

  /** Return when somebody is signed in; show the notice for as long as nobody is. */
  signedIn() {
    this.#waiting ??= this.#wait().finally(() => {
      this.#waiting = null;
    });
    return this.#waiting;
  }

  /** Say whether somebody is signed in; where the server does not answer, nothing is known: yes. */
  async isAlive() {
    const headers = { Accept: "application/json", "Dateline-Script": "1" };
    try {
      return (await this.#fetch(this.#url, { headers, cache: "no-store" })).status !== 401;
    } catch {
      return true;
    }
  }

  async #try(target, options) {
    try {
      return await this.#fetch(target, withToken(options));
    } catch (error) {
      // A long body may be cut off by a server that no longer knows us.
      if (options.body && !(await this.isAlive())) return null;
      throw error;
    }
  }

  async #needsSignIn(answer) {
    return answer.status === 401 || (answer.status === 413 && !(await this.isAlive()));
  }

  async #wait() {
    if (await this.isAlive()) return;
    this.#notice.hidden = false;
    do await this.#pause();
    while (!(await this.isAlive()));
    this.#notice.hidden = true;
  }

  #pause() {
    return new Promise((done) => {
      const stop = new AbortController();
      const now = () => {
        stop.abort();
        clearTimeout(timer);
        done();
      };
      const timer = setTimeout(now, LOOK_AGAIN);
      window.addEventListener("focus", now, { signal: stop.signal });
      const button = this.#notice.querySelector("[data-session-check]");
      button.addEventListener("click", now, { signal: stop.signal });
    });
  }
}

/** Return a request's options with today's token and the mark by which the server knows a script. */
export function withToken(options) {
  const headers = new Headers(options.headers);
  headers.set("Dateline-Script", "1");
  if (headers.has("X-CSRFToken")) headers.set("X-CSRFToken", token());
  const { body } = options;
  if (body instanceof FormData && body.has("csrfmiddlewaretoken")) {
    body.set("csrfmiddlewaretoken", token());
  }
  return { ...options, headers };
}
