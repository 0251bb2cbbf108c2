// Wires the session's notice to everything by which a page of the newsroom sends something.

import { Session, token } from "./models/session.js";

/** Hold a form that is sent by hand (a button, Ctrl+S) until somebody is signed in. */
function holdForms(session) {
  const ready = new WeakSet();
  document.addEventListener(
    "submit",
    async (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (ready.delete(form) || !form.matches("form[data-edit-form]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = /** @type {HTMLButtonElement} */ (event.submitter);
      await session.signedIn();
      const field = form.querySelector("input[name=csrfmiddlewaretoken]");
      /** @type {HTMLInputElement} */ (field).value = token();
      // A button that shows progress is disabled by now, and would not be sent with the form.
      if (submitter) submitter.disabled = false;
      ready.add(form);
      form.requestSubmit(submitter);
    },
    { capture: true },
  );
}

/** Show the notice also for what is sent the old way, such as uploads. */
function watchOldRequests(session) {
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function sendWatched(body) {
    this.setRequestHeader("Dateline-Script", "1");
    this.addEventListener("load", () => {
      if (this.status === 401) session.signedIn();
    });
    send.call(this, body);
  };
}

const notice = document.querySelector(".newsroom-session");
if (notice) {
  const session = new Session(notice);
  const isOurs = (target) =>
    new URL(target.url ?? target, document.baseURI).origin === window.location.origin;
  const plain = window.fetch.bind(window);
  window.fetch = (target, options) =>
    isOurs(target) && !(target instanceof Request) ? session.send(target, options) : plain(target, options);
  holdForms(session);
  watchOldRequests(session);
}
