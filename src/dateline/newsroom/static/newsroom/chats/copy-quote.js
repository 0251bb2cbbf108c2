// <copy-quote>: puts a quotation into the clipboard; where that is refused it is chosen, ready to be copied.

class CopyQuote extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    const button = /** @type {HTMLButtonElement} */ (this.querySelector("button"));
    button.hidden = false;
    button.addEventListener("click", () => this.#copy(button), { signal: this.#stop.signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  async #copy(button) {
    const text = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    text.select();
    const copied = await navigator.clipboard?.writeText(text.value).then(
      () => true,
      () => false,
    );
    this.querySelector("[role=status]").textContent = copied ? button.dataset.done : "";
  }
}

customElements.define("copy-quote", CopyQuote);
