// What this browser is notified of: agreed with the browser, kept by the house. It shows nothing by itself.

import { ownScript } from "./html.js";

const JSON_TYPE = { "content-type": "application/json" };

export class BrowserPush {
  #key;
  #edition;

  constructor({ key, edition }) {
    this.#key = key;
    this.#edition = edition;
  }

  /** Return "none" where the browser knows no notifications, "denied" where its reader forbade them, else "free". */
  get state() {
    if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) return "none";
    return Notification.permission === "denied" ? "denied" : "free";
  }

  /** Return what it is notified of, and what readers call that. */
  async mine() {
    const subscription = await this.#subscription();
    if (!subscription) return { subjects: [], names: {} };
    return this.#tell("mine", { endpoint: subscription.endpoint });
  }

  /** Ask the browser, which asks its reader: after a press alone. Return "granted", "denied" or "default". */
  async ask() {
    const answer = await Notification.requestPermission();
    if (answer !== "granted") return answer;
    await navigator.serviceWorker.register(ownScript("/sw.js"));
    const { pushManager } = await navigator.serviceWorker.ready;
    await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.#key });
    return answer;
  }

  /** Be notified of exactly these. */
  async follow(subjects) {
    const subscription = await this.#subscription();
    return this.#tell("follow", { subscription, page: location.href, subjects });
  }

  /** Be notified of nothing any more. */
  async stop() {
    const subscription = await this.#subscription();
    if (!subscription) return;
    await this.#tell("stop", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }

  async #tell(deed, told) {
    const body = JSON.stringify({ ...told, edition: this.#edition });
    const answer = await fetch(`/-/notify/${deed}`, { method: "POST", headers: JSON_TYPE, body });
    if (!answer.ok) throw new Error(`notify: ${answer.status}`);
    return answer.json();
  }

  async #subscription() {
    const registration = await navigator.serviceWorker.getRegistration();
    return (await registration?.pushManager.getSubscription()) ?? null;
  }
}
