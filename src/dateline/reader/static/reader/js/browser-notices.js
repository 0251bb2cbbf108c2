// <browser-notices>: what this browser notifies its reader of. The browser is asked only after a press.
// Loads: at once, on the page of preferences.

import { ownScript } from "./html.js";

const JSON_TYPE = { "content-type": "application/json" };

class BrowserNotices extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#part("on").addEventListener("click", () => this.#do(() => this.#turnOn()), { signal });
    this.#part("off").addEventListener("click", () => this.#do(() => this.#turnOff()), { signal });
    this.addEventListener("change", () => this.#do(() => this.#choose()), { signal });
    this.#do(() => this.#begin());
  }

  disconnectedCallback() {
    this.#abort?.abort();
  }

  async #begin() {
    if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker))
      return this.#show("none");
    if (Notification.permission === "denied") return this.#show("denied");
    const subscription = await this.#subscription();
    const subjects = subscription ? await this.#tell("mine", { endpoint: subscription.endpoint }) : [];
    if (!subjects.length) return this.#show("off");
    for (const box of this.#boxes) box.checked = subjects.includes(box.value);
    this.#show("on");
  }

  async #turnOn() {
    if (!this.#chosen.length) return this.#say("choose");
    const answer = await Notification.requestPermission();
    if (answer !== "granted") return this.#show(answer === "denied" ? "denied" : "off");
    await navigator.serviceWorker.register(ownScript("/sw.js"));
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: this.dataset.key };
    await this.#follow(await pushManager.subscribe(options));
    this.#show("on");
  }

  async #turnOff() {
    const subscription = await this.#subscription();
    if (subscription) {
      await this.#tell("stop", { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    this.#show("off");
  }

  /** Another choice counts at once where notifications are on; without any they are off. */
  async #choose() {
    if (this.dataset.state !== "on") return;
    if (!this.#chosen.length) return this.#turnOff();
    await this.#follow(await this.#subscription());
    this.#say("kept");
  }

  async #follow(subscription) {
    const { edition } = this.dataset;
    const page = location.href;
    await this.#tell("follow", { subscription, edition, page, subjects: this.#chosen });
  }

  async #tell(deed, told) {
    const request = { method: "POST", headers: JSON_TYPE, body: JSON.stringify(told) };
    const answer = await fetch(`/-/notify/${deed}`, request);
    if (!answer.ok) throw new Error(`notify: ${answer.status}`);
    return (await answer.json()).subjects;
  }

  async #subscription() {
    const registration = await navigator.serviceWorker.getRegistration();
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  /** Do something that takes a while; what goes wrong is said, and nothing is lost. */
  async #do(work) {
    this.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch {
      this.#say("failed");
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  #show(state) {
    this.dataset.state = state;
    this.#part("on").hidden = state !== "off";
    this.#part("off").hidden = state !== "on";
    this.#part("choices").disabled = state === "none" || state === "denied";
    this.#say(state);
  }

  #say(word) {
    const status = this.#part("told");
    status.textContent = status.dataset[word] ?? "";
  }

  /** @returns {any} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  get #boxes() {
    return [...this.querySelectorAll("input")];
  }

  get #chosen() {
    return this.#boxes.filter((box) => box.checked).map((box) => box.value);
  }
}

customElements.define("browser-notices", BrowserNotices);
