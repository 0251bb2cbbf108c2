// <passkey-form>: a form whose `credential` the browser's passkeys fill in. `data-use` is "get" or "create";
// what to ask of the browser stands in the page as JSON, or is fetched from `data-options` when it is due.
// Loads: at once.

const FAMILIES = { get: "request_options", create: "creation_options" };

export class PasskeyForm extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
      this.hidden = true;
      return;
    }
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  get #form() {
    return this.querySelector("form");
  }

  async #onSubmit(event) {
    event.preventDefault();
    /** @type {HTMLInputElement} */
    const credential = this.querySelector("[name=credential]");
    /** @type {any} */
    const said = this.querySelector("[data-said]");
    said.textContent = "";
    try {
      credential.value = JSON.stringify(await this.#credential());
      this.#form.submit();
    } catch {
      said.textContent = said.dataset.failed;
    }
  }

  async #credential() {
    const use = this.dataset.use;
    const { publicKey } = (await this.#options())[FAMILIES[use]];
    if (use === "get")
      return navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
      });
    // A passkey logs in by itself: it knows whose it is, and the browser asks who sits there.
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
    });
  }

  async #options() {
    const { options } = this.dataset;
    if (!options) return JSON.parse(this.querySelector("script[type='application/json']").textContent);
    const answer = await fetch(options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`passkey: ${answer.status}`);
    return answer.json();
  }
}

customElements.define("passkey-form", PasskeyForm);
