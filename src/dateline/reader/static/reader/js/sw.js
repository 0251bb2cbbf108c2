// The worker: an offline page, and saved stories without a network. A page that can be fetched is always
// fetched; what it keeps is shown only when there is no network. Nothing personal is ever kept.
// The server puts self.DATELINE before this text: build, files, pages, homes, an icon and private paths.

const { build, files, pages, homes, icon, private: personal } = /** @type {any} */ (self).DATELINE;
const worker = /** @type {any} */ (self);
const SHELL = `dateline-shell-${build}`;
const SAVED = "dateline-saved";

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const answer = answerTo(event) ?? begun(event);
  if (answer) event.respondWith(answer);
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(files);
  await Promise.allSettled(pages.map((page) => shell.add(new Request(page, { cache: "no-cache" }))));
  await worker.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("dateline-shell-") && name !== SHELL) await caches.delete(name);
  }
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** Return the answer to a request that is ours to answer; all others go their usual way. */
function answerTo(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || isClosed(url.pathname)) return null;
  if (url.pathname.startsWith("/-/static/")) return fromShell(request);
  if (url.pathname.startsWith("/media/")) return pictured(request, url);
  const wantsPage = request.mode === "navigate" || request.headers.get("accept")?.includes("text/html");
  if (wantsPage || pages.includes(url.pathname)) return paged(event, url);
  return null;
}

/**
 * Return the answer that the browser is asking for already, where we have none of our own: left alone, it would ask
 * a second time, and what is good once, such as an answer of another house, would be used up.
 */
function begun({ request, preloadResponse }) {
  if (request.mode !== "navigate" || request.method !== "GET") return null;
  return Promise.resolve(preloadResponse).then((answer) => answer ?? fetch(request));
}

function isClosed(path) {
  return personal.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** Files have their digest in their names: one that is kept is the right one. */
async function fromShell(request) {
  const kept = await caches.match(request, { cacheName: SHELL });
  if (kept) return kept;
  const answer = await fetch(request);
  const lasts = answer.headers.get("cache-control")?.includes("immutable");
  if (answer.ok && lasts) (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

async function paged(event, url) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(lookAfter(url, answer.clone()));
    return answer;
  } catch (error) {
    const kept = await keptPage(url);
    if (kept) return kept;
    if (event.request.mode === "navigate") return offlinePage(url);
    throw error;
  }
}

/** Keep what is kept of a page as new as the network: fresh, or gone when the newsroom withdrew it. */
async function lookAfter({ pathname, search }, answer) {
  const saved = await caches.open(SAVED);
  if (answer.status === 404 || answer.status === 410) await saved.delete(pathname);
  if (!answer.ok || answer.redirected || search) return;
  if (pages.includes(pathname)) await (await caches.open(SHELL)).put(pathname, answer);
  else if (await saved.match(pathname)) await saved.put(pathname, answer);
}

async function keptPage({ pathname }) {
  const saved = await caches.match(pathname, { cacheName: SAVED });
  return saved ?? (pages.includes(pathname) ? caches.match(pathname, { cacheName: SHELL }) : undefined);
}

async function offlinePage({ pathname }) {
  const home = homes.find((prefix) => pathname.startsWith(prefix)) ?? "/";
  const page = await caches.match(`${home}offline/`, { cacheName: SHELL });
  return page ?? Response.error();
}

/** A picture, or without a network the saved one of the same name in another size. */
async function pictured(request, { pathname }) {
  try {
    return await fetch(request);
  } catch (error) {
    const stem = pathname.replace(/\.width-.*$/, "");
    const saved = await caches.open(SAVED);
    const same = (await saved.keys()).find((kept) => new URL(kept.url).pathname.startsWith(`${stem}.`));
    const found = (await saved.match(request)) ?? (same && (await saved.match(same)));
    if (found) return found;
    throw error;
  }
}

worker.addEventListener("push", (event) => event.waitUntil(show(event.data?.json() ?? {})));
worker.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
worker.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(moved(event)));

/** Show what was pushed: of all about the same thing the last alone, and an urgent one is heard again. */
async function show(pushed) {
  const { title = "", body = "", tag = "", url = "/", lang = "", dir = "auto", holds = [] } = pushed;
  for (const shown of await worker.registration.getNotifications()) {
    if (shown.data?.holds?.includes(tag)) shown.close();
  }
  const { urgent = false, quiet = false } = pushed;
  const told = { body, tag, lang, dir, icon, renotify: urgent && Boolean(tag), silent: quiet && !urgent };
  await worker.registration.showNotification(title, { ...told, data: { url, holds } });
}

/** Open what a notification tells of: in the window that is there, else in a new one. */
async function open(notification) {
  notification.close();
  const url = new URL(notification.data?.url ?? "/", location.origin);
  if (url.origin !== location.origin) return;
  const windows = await worker.clients.matchAll({ type: "window" });
  const ours = windows.find((one) => one.focused) ?? windows[0];
  if (!ours) return worker.clients.openWindow(url.href);
  await ours.focus().catch(() => undefined);
  await ours.navigate(url.href);
}

/** The browser has another endpoint: the old one says which it was. */
async function moved({ oldSubscription: old, newSubscription: made }) {
  const subscription = made ?? (old && (await worker.registration.pushManager.subscribe(old.options)));
  if (!old || !subscription) return;
  const body = JSON.stringify({ old: old.endpoint, subscription });
  await fetch("/-/notify/moved", { method: "POST", headers: { "content-type": "application/json" }, body });
}
