/**
 * The Rundown's board: dragging a story into a slot does what its form does. Every action is a form
 * of the page, so the board works without this module too.
 */

const BOARD = "rundown-board";

class RundownBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("dragstart", (event) => this.#lift(event));
    this.addEventListener("dragover", (event) => this.#hover(event));
    this.addEventListener("dragleave", (event) => this.#leave(event));
    this.addEventListener("drop", (event) => this.#drop(event));
    this.addEventListener("submit", (event) => this.#submit(event));
  }

  /** @param {DragEvent} event */
  #lift(event) {
    const line = /** @type {HTMLElement | null} */ (
      /** @type {HTMLElement} */ (event.target).closest("[data-story], [data-placement]")
    );
    if (!line || !event.dataTransfer) return;
    const { story = "", placement = "" } = line.dataset;
    event.dataTransfer.setData("application/x-rundown", JSON.stringify({ story, placement }));
    event.dataTransfer.effectAllowed = "move";
  }

  /** @param {DragEvent} event */
  #slot(event) {
    const section = /** @type {HTMLElement} */ (event.target).closest(".rundown-slot");
    return /** @type {HTMLElement | null} */ (section?.querySelector("[data-slot]") ?? null);
  }

  /** @param {DragEvent} event */
  #hover(event) {
    const slot = this.#slot(event);
    if (!slot || !event.dataTransfer?.types.includes("application/x-rundown")) return;
    event.preventDefault();
    slot.classList.add("is-target");
  }

  /** @param {DragEvent} event */
  #leave(event) {
    this.#slot(event)?.classList.remove("is-target");
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const slot = this.#slot(event);
    const said = event.dataTransfer?.getData("application/x-rundown");
    if (!slot || !said) return;
    event.preventDefault();
    const { story, placement } = JSON.parse(said);
    const data = new FormData();
    data.set("action", placement ? "move" : "place");
    data.set(placement ? "placement" : "story", placement || story);
    data.set("slot", slot.dataset.slot ?? "");
    data.set("position", String(this.#position(slot, event.clientY, placement)));
    this.#send(data);
  }

  /**
   * Where in a slot the pointer is: before the first row whose middle is below it.
   * @param {HTMLElement} slot
   * @param {number} y
   * @param {string} placement
   */
  #position(slot, y, placement) {
    const rows = /** @type {HTMLElement[]} */ ([...slot.querySelectorAll("[data-placement]")]);
    const others = rows.filter((row) => row.dataset.placement !== placement);
    const at = others.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return at < 0 ? others.length : at;
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post") return;
    event.preventDefault();
    this.#send(new FormData(form));
  }

  /** @param {FormData} data */
  async #send(data) {
    const token = /** @type {HTMLInputElement} */ (this.querySelector("[name=csrfmiddlewaretoken]"));
    data.set("csrfmiddlewaretoken", token.value);
    try {
      const answer = await fetch(location.href, { method: "POST", body: data });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const board = page.querySelector(BOARD);
      if (!board) throw new Error("no board");
      this.replaceChildren(...board.childNodes);
      document.querySelector(".messages")?.replaceWith(page.querySelector(".messages") ?? "");
    } catch {
      const status = /** @type {HTMLElement} */ (this.querySelector("[data-status]"));
      status.textContent = this.dataset.failed ?? "";
    }
  }
}

customElements.define(BOARD, RundownBoard);
