// What this browser is notified of: agreed with the browser, kept by the house. It shows nothing by itself.

import { ownScript } from "./html.js";
import { keepNotified } from "./notified.js";
import { ownZone } from "./own-clock.js";

/** @typedef {{ follows: string[], names?: Record<string, string>, clock?: boolean, url?: string }} Told */

const JSON_TYPE = { "content-type": "application/json" };

/** Return the word by which pages say why something was not done. */
export const whyNot = (error) => (error.message === "follows-full" ? "full" : "failed");

export class BrowserPush {
  #key;
  #edition;

  constructor({ key = "", edition = "" } = {}) {
    this.#key = key;
    this.#edition = edition;
  }

  /** Return "none" where the browser knows no notifications, "denied" where its reader forbade them, else "free". */
  get state() {
    if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) return "none";
    return Notification.permission === "denied" ? "denied" : "free";
  }

  /** Return what it is notified of, and what readers call each. @returns {Promise<Told>} */
  async mine() {
    const subscription = this.state === "free" ? await this.#subscription() : null;
    if (!subscription) return this.#kept({ follows: [], names: {} });
    return this.#kept(await this.#tell("mine", { endpoint: subscription.endpoint }));
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

  /** Be notified of these too. @param {string[]} follows @param {string} pressed @returns {Promise<Told>} */
  async follow(follows, pressed) {
    const subscription = await this.#subscription();
    const told = { subscription, page: location.href, timezone: ownZone(), follows, pressed };
    return this.#kept(await this.#tell("follow", told));
  }

  /**
   * Be notified of these no more; of nothing any more, if they were all.
   * @param {string[]} follows @param {string} pressed @returns {Promise<Told>}
   */
  async leave(follows, pressed) {
    const subscription = await this.#subscription();
    if (!subscription) return this.#kept({ follows: [], names: {} });
    const { endpoint } = subscription;
    const told = await this.#tell("leave", { endpoint, page: location.href, follows, pressed });
    return told.follows.length ? this.#kept(told) : this.stop(pressed);
  }

  /** Return where its reader sees what it was sent; empty where it takes nothing. @returns {Promise<string>} */
  async sent() {
    const subscription = await this.#subscription();
    const told = subscription ? await this.#tell("sent", { endpoint: subscription.endpoint }) : {};
    return told.url ?? "";
  }

  /** Be notified of nothing any more. @param {string} pressed @returns {Promise<Told>} */
  async stop(pressed) {
    const subscription = await this.#subscription();
    if (subscription) {
      await this.#tell("stop", { endpoint: subscription.endpoint, page: location.href, pressed });
      await subscription.unsubscribe();
    }
    return this.#kept({ follows: [], names: {} });
  }

  /** Keep what the house has told last. @param {Told} told */
  #kept(told) {
    keepNotified(told.follows);
    return told;
  }

  async #tell(deed, told) {
    const body = JSON.stringify({ ...told, edition: this.#edition });
    const answer = await fetch(`/-/notify/${deed}`, { method: "POST", headers: JSON_TYPE, body });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return said;
  }

  async #subscription() {
    const registration = await navigator.serviceWorker.getRegistration();
    return (await registration?.pushManager.getSubscription()) ?? null;
  }
}
